package dev.tocsin.input.inflate;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks with the JDK's own inflater: works everywhere, and keeps what stands before a damage. */
public final class JdkInflate implements Inflate {

    private static final int TRAILER = 8;

    private final Inflater inflater = new Inflater(true);
    private final OutputBuffer out = new OutputBuffer();
    private final CRC32 checksum = new CRC32();
    private int used;
    private int end;
    private int members;
    private @Nullable String damage;
    private boolean tooLarge;

    /** An inflater with memory of its own. */
    public JdkInflate() {}

    @Override
    public Inflated inflate(byte[] packed, int length) {
        out.restart(OutputBuffer.hint(packed, length));
        used = 0;
        end = 0;
        members = 0;
        damage = null;
        tooLarge = false;
        while (damage == null && !tooLarge && GzipHeader.begins(packed, end, length)) {
            member(packed, length);
        }
        int trailing = damage == null && !tooLarge ? GzipHeader.trailing(packed, end, length) : 0;
        return new Inflated(out.bytes(), used, members, end, trailing, damage, tooLarge);
    }

    private void member(byte[] packed, int length) {
        int from = GzipHeader.end(packed, end, length);
        if (from < 0) {
            damage = "gzip data end in the middle of a header";
            return;
        }
        members++;
        int start = used;
        inflater.reset();
        inflater.setInput(packed, from, length - from);
        data();
        end = length - inflater.getRemaining();
        if (damage == null && !tooLarge) {
            trailer(packed, length, start);
        }
    }

    private void data() {
        try {
            while (!inflater.finished()) {
                if (used == out.bytes().length && !out.grow(used)) {
                    tooLarge = true;
                    return;
                }
                int count = inflater.inflate(out.bytes(), used, out.bytes().length - used);
                used += count;
                if (count == 0 && !inflater.finished()) {
                    damage = "gzip data end in the middle of a member";
                    return;
                }
            }
        } catch (DataFormatException e) {
            damage = "damaged gzip data (" + e.getMessage() + ")";
        }
    }

    private void trailer(byte[] packed, int length, int start) {
        if (length - end < TRAILER) {
            damage = "gzip data end before the checksum";
            return;
        }
        checksum.reset();
        checksum.update(out.bytes(), start, used - start);
        int crc = GzipHeader.number(packed, end);
        int size = GzipHeader.number(packed, end + 4);
        if (crc != (int) checksum.getValue() || size != used - start) {
            damage = "gzip checksum is wrong: the object is damaged; what was read is used";
            return;
        }
        end += TRAILER;
    }
}
