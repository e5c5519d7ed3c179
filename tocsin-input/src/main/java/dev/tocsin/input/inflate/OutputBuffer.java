package dev.tocsin.input.inflate;

/** Memory for unpacked bytes, kept from object to object unless it has grown large. */
final class OutputBuffer {

    private static final int FIRST = 64 * 1024;
    private static final int LARGEST_KEPT = 16 * 1024 * 1024;

    private byte[] bytes = new byte[FIRST];

    byte[] bytes() {
        return bytes;
    }

    /** Begins a new object that is thought to unpack to {@code hint} bytes, which may be any number. */
    void restart(long hint) {
        int wanted = Math.clamp(hint, FIRST, Inflate.MAX_WHOLE_BYTES);
        if (bytes.length < wanted || bytes.length > LARGEST_KEPT) {
            bytes = new byte[wanted];
        }
    }

    /** Makes room for more and keeps the first {@code used} bytes; false at the limit. */
    boolean grow(int used) {
        if (bytes.length >= Inflate.MAX_WHOLE_BYTES) {
            return false;
        }
        byte[] larger = new byte[(int) Math.min(2L * bytes.length, Inflate.MAX_WHOLE_BYTES)];
        System.arraycopy(bytes, 0, larger, 0, used);
        bytes = larger;
        return true;
    }

    /**
     * Bytes that an object probably unpacks to: what its last member's trailer says, if that can be, else eight times its
     * size. Only a hint: the trailer may lie.
     */
    static long hint(byte[] packed, int length) {
        long usual = 8L * length;
        if (length < 4) {
            return usual;
        }
        long said = GzipHeader.number(packed, length - 4) & 0xffff_ffffL;
        return said >= length && said <= 1_032L * length ? said : usual;
    }
}
