package dev.tocsin.core.parse;

import dev.tocsin.core.event.Address;

/** Reads an address from bytes without making a text of it; the result stays here until the next is read. */
final class AddressBytes {

    private static final int GROUPS = 8;
    private static final int LONGEST = 45;

    private final int[] groups = new int[GROUPS];
    private long high;
    private long low;

    /** Upper half of the last address read. */
    long high() {
        return high;
    }

    /** Lower half of the last address read. */
    long low() {
        return low;
    }

    /** Reads {@code bytes[from, to)}; whether it is an address. */
    boolean read(byte[] bytes, int from, int to) {
        long quad = quad(bytes, from, to);
        if (quad >= 0) {
            high = 0;
            low = Address.V4_PREFIX | quad;
            return true;
        }
        return to - from <= LONGEST && readV6(bytes, from, to);
    }

    /** The 32 bits of a dotted quad, or -1; octets with leading zeros are none, as in {@link Address#parse}. */
    private static long quad(byte[] bytes, int from, int to) {
        long bits = 0;
        int octets = 0;
        int at = from;
        while (at < to && octets < 4) {
            int value = bytes[at] - '0';
            int start = at;
            if (value < 0 || value > 9) {
                return -1;
            }
            at++;
            while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - start < 3) {
                if (value == 0) {
                    return -1;
                }
                value = value * 10 + bytes[at] - '0';
                at++;
            }
            if (value > 255 || (octets < 3 ? at >= to || bytes[at] != '.' : at != to)) {
                return -1;
            }
            bits = bits << 8 | value;
            octets++;
            at++;
        }
        return octets == 4 && at == to + 1 ? bits : -1;
    }

    private boolean readV6(byte[] bytes, int from, int to) {
        int count = 0;
        int gap = -1;
        int at = from;
        if (at + 1 < to && bytes[at] == ':' && bytes[at + 1] == ':') {
            gap = 0;
            at += 2;
        }
        while (at < to) {
            int end = at;
            while (end < to && bytes[end] != ':') {
                end++;
            }
            int read = group(bytes, at, end, end == to, count);
            if (read == 0) {
                return false;
            }
            count += read;
            at = end + 1;
            if (at < to && bytes[at] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                at++;
            } else if (at == to) {
                return false; // a single colon at the end
            }
        }
        return spread(count, gap);
    }

    /** Reads one group (a dotted quad at the end is two); how many it makes, 0 if it is none. */
    private int group(byte[] bytes, int from, int to, boolean last, int count) {
        long quad = last && count <= GROUPS - 2 ? quad(bytes, from, to) : -1;
        if (quad >= 0) {
            groups[count] = (int) (quad >>> 16);
            groups[count + 1] = (int) quad & 0xFFFF;
            return 2;
        }
        if (count == GROUPS || from == to || to - from > 4) {
            return 0;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return 0;
            }
            value = value << 4 | digit;
        }
        groups[count] = value;
        return 1;
    }

    private boolean spread(int count, int gap) {
        if (gap < 0 ? count != GROUPS : count >= GROUPS) {
            return false;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < GROUPS; i++) {
            int index = gap < 0 || i < gap ? i : i - (GROUPS - count);
            int group = gap >= 0 && i >= gap && index < gap ? 0 : groups[index];
            if (i < 4) {
                high = high << 16 | group;
            } else {
                low = low << 16 | group;
            }
        }
        return true;
    }
}
