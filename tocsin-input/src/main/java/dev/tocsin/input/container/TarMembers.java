package dev.tocsin.input.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjLongConsumer;

/** Finds the members of a tar archive: ustar, and the long names of GNU and pax. */
final class TarMembers {

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int TYPE_AT = 156;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM = 8;
    private static final int LONGEST_NAME = 64 * 1024;

    /** Takes a member. */
    interface Taker {
        void take(String name, long size, InputStream stream) throws IOException;
    }

    private final ByteWindow window;
    private final Taker taker;
    private final ObjLongConsumer<String> fault;
    private String longName = "";

    /**
     * The members of the archive in {@code window}.
     *
     * @param fault is told what ended the archive early, and the offset of that
     */
    TarMembers(ByteWindow window, Taker taker, ObjLongConsumer<String> fault) {
        this.window = window;
        this.taker = taker;
        this.fault = fault;
    }

    /** Reads to the end of the archive. */
    void read() throws IOException {
        while (window.have(BLOCK) && window.bytes()[window.at()] != 0) {
            long size = isWhole() ? size() : -1;
            if (size < 0) {
                fault.accept("damaged tar archive", window.offset());
                return;
            }
            char type = (char) window.bytes()[window.at() + TYPE_AT];
            String name = longName.isEmpty() ? name() : longName;
            window.moveTo(window.at() + BLOCK);
            if (!entry(type, name, size)) {
                return;
            }
        }
        padding();
    }

    /** What stands behind the last member is zeros. */
    private void padding() throws IOException {
        while (window.peek() >= 0) {
            for (int i = window.at(); i < window.limit(); i++) {
                if (window.bytes()[i] != 0) {
                    fault.accept("damaged tar archive: a member's header was expected", window.offsetOf(i));
                    return;
                }
            }
            window.moveTo(window.limit());
        }
    }

    /** Whether the header's checksum is right. */
    private boolean isWhole() {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean checksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM;
            sum += checksum ? ' ' : window.bytes()[window.at() + i] & 0xff;
        }
        return text(window.at() + CHECKSUM_AT, CHECKSUM)
                .strip()
                .replaceFirst("^0+(?=.)", "")
                .equals(Integer.toOctalString(sum));
    }

    private boolean entry(char type, String name, long size) throws IOException {
        WindowStream stream = new WindowStream(window, size);
        switch (type) {
            case 'L' -> longName = text(stream);
            case 'x' -> longName = paxName(text(stream));
            case '0', '\0', '7' -> {
                longName = "";
                taker.take(name, size, stream);
            }
            default -> longName = "";
        }
        stream.drain();
        if (stream.missing() > 0) {
            fault.accept("tar archive ends in the middle of " + name, window.offset());
            return false;
        }
        new WindowStream(window, (BLOCK - size % BLOCK) % BLOCK).drain();
        return true;
    }

    private String name() {
        String name = text(window.at(), NAME);
        String prefix = text(window.at() + PREFIX_AT, PREFIX);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private String text(int from, int most) {
        int end = from;
        while (end < from + most && window.bytes()[end] != 0) {
            end++;
        }
        return new String(window.bytes(), from, end - from, StandardCharsets.UTF_8);
    }

    private static String text(InputStream stream) throws IOException {
        String text = new String(stream.readNBytes(LONGEST_NAME), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String paxName(String header) {
        for (String line : header.split("\n", -1)) {
            int key = line.indexOf(" path=");
            if (key >= 0) {
                return line.substring(key + " path=".length());
            }
        }
        return "";
    }

    /** The member's size, or -1 if the header is no header. */
    private long size() {
        byte[] bytes = window.bytes();
        int at = window.at() + SIZE_AT;
        if ((bytes[at] & 0x80) != 0) {
            long size = 0;
            for (int i = at + 4; i < at + SIZE; i++) {
                size = size << 8 | (bytes[i] & 0xff);
            }
            return size;
        }
        String text = text(at, SIZE).strip();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text, 8);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
