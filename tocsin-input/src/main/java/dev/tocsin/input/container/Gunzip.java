package dev.tocsin.input.container;

import dev.tocsin.core.parse.ParseLimits;
import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks gzip: all members, whatever follows them noticed, and all that stands before a damage. */
final class Gunzip implements ByteWindow.Source {

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final ByteWindow packed;
    private final Inflater inflater;
    private final LongSupplier rawBytes;
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean done;
    private int members;
    private long memberBytes;
    private long total;
    private long trailing;
    private @Nullable String damage;
    private long damageAt;

    /**
     * Unpacks what stands in {@code packed}.
     *
     * @param inflater for raw deflate data; reset and used, not ended
     * @param rawBytes how many bytes of the stored object have been taken, for the limit on the ratio
     */
    Gunzip(ByteWindow packed, Inflater inflater, LongSupplier rawBytes) {
        this.packed = packed;
        this.inflater = inflater;
        this.rawBytes = rawBytes;
    }

    /** Whether gzip data begin here. */
    static boolean begins(ByteWindow window) throws IOException {
        return window.have(3)
                && window.bytes()[window.at()] == 0x1f
                && window.bytes()[window.at() + 1] == (byte) 0x8b
                && window.bytes()[window.at() + 2] == 8;
    }

    /** What is wrong with the data, or null. */
    @Nullable
    String damage() {
        return damage;
    }

    /** Where in the packed bytes the damage lies. */
    long damageAt() {
        return damageAt;
    }

    /** Members met. */
    int members() {
        return members;
    }

    /** Bytes behind the last member other than zeros. */
    long trailing() {
        return trailing;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (!done) {
            if (!inMember && !begin()) {
                return -1;
            }
            int count = inflate(into, from, length);
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    private int inflate(byte[] into, int from, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(into, from, length);
                if (count > 0) {
                    return took(into, from, count);
                }
                if (inflater.finished()) {
                    finish();
                    return 0;
                }
                if (inflater.needsDictionary()) {
                    broken("damaged gzip data (asks for a dictionary)");
                    return 0;
                }
                if (!feed()) {
                    broken("gzip data end in the middle of a member");
                    return 0;
                }
            }
        } catch (DataFormatException e) {
            broken("damaged gzip data (" + e.getMessage() + ")");
            return 0;
        }
    }

    private int took(byte[] into, int from, int count) {
        checksum.update(into, from, count);
        memberBytes += count;
        total += count;
        if (total > ParseLimits.RATIO_FREE_BYTES && total / ParseLimits.MAX_RATIO > rawBytes.getAsLong()) {
            broken("unpacks to more than " + ParseLimits.MAX_RATIO + " times its size; the rest is not read");
        }
        return count;
    }

    private boolean feed() throws IOException {
        packed.moveTo(packed.limit());
        if (!packed.fill()) {
            return false;
        }
        inflater.setInput(packed.bytes(), packed.at(), packed.limit() - packed.at());
        return true;
    }

    private boolean begin() throws IOException {
        if (!packed.have(1)) {
            done = true;
            return false;
        }
        if (!begins(packed)) {
            rest();
            return false;
        }
        if (!header()) {
            broken("gzip data end in the middle of a header");
            return false;
        }
        members++;
        memberBytes = 0;
        checksum.reset();
        inflater.reset();
        inflater.setInput(packed.bytes(), packed.at(), packed.limit() - packed.at());
        inMember = true;
        return true;
    }

    private boolean header() throws IOException {
        if (!packed.have(HEADER)) {
            return false;
        }
        int flags = packed.bytes()[packed.at() + 3];
        packed.moveTo(packed.at() + HEADER);
        if ((flags & HAS_EXTRA) != 0 && !extra()) {
            return false;
        }
        if ((flags & HAS_NAME) != 0 && !text()) {
            return false;
        }
        if ((flags & HAS_COMMENT) != 0 && !text()) {
            return false;
        }
        return (flags & HAS_CRC) == 0 || pass(2);
    }

    private boolean extra() throws IOException {
        if (!packed.have(2)) {
            return false;
        }
        int length = (packed.bytes()[packed.at()] & 0xff) | (packed.bytes()[packed.at() + 1] & 0xff) << 8;
        return pass(2 + length);
    }

    private boolean pass(int count) throws IOException {
        if (!packed.have(count)) {
            return false;
        }
        packed.moveTo(packed.at() + count);
        return true;
    }

    private boolean text() throws IOException {
        int b;
        do {
            b = packed.peek();
            if (b < 0) {
                return false;
            }
            packed.moveTo(packed.at() + 1);
        } while (b != 0);
        return true;
    }

    private void finish() throws IOException {
        packed.moveTo(packed.limit() - inflater.getRemaining());
        inMember = false;
        if (!packed.have(TRAILER)) {
            broken("gzip data end before the checksum");
            return;
        }
        int crc = number(packed.at());
        int size = number(packed.at() + 4);
        if (crc != (int) checksum.getValue() || size != (int) memberBytes) {
            broken("gzip checksum is wrong: the object is damaged; what was read is used");
            return;
        }
        packed.moveTo(packed.at() + TRAILER);
    }

    private int number(int at) {
        byte[] b = packed.bytes();
        return (b[at] & 0xff) | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | (b[at + 3] & 0xff) << 24;
    }

    /** What stands behind the last member: padding zeros are passed over, anything else is counted. */
    private void rest() throws IOException {
        while (packed.peek() >= 0) {
            for (int i = packed.at(); i < packed.limit(); i++) {
                trailing += packed.bytes()[i] == 0 ? 0 : 1;
            }
            packed.moveTo(packed.limit());
        }
        done = true;
    }

    private void broken(String what) {
        damage = what;
        damageAt = inMember ? packed.offsetOf(packed.limit()) - inflater.getRemaining() : packed.offset();
        done = true;
    }
}
