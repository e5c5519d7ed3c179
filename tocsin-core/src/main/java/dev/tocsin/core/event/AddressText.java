package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/** Spelling and classes of addresses, for {@link Address}. */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    static @Nullable Address parse(String text) {
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long quad = quad(text, 0, text.length());
        return quad < 0 ? null : Address.v4((int) quad);
    }

    /** The 32 bits of a dotted quad in {@code text[from, to)}, or -1. */
    private static long quad(String text, int from, int to) {
        long bits = 0;
        int octets = 0;
        int value = -1;
        int digits = 0;
        for (int i = from; i <= to; i++) {
            char c = i == to ? '.' : text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (digits > 0 && value == 0) {
                    return -1;
                }
                value = Math.max(value, 0) * 10 + (c - '0');
                if (++digits > 3 || value > 255) {
                    return -1;
                }
            } else if (c == '.' && digits > 0) {
                bits = bits << 8 | value;
                octets++;
                value = -1;
                digits = 0;
            } else {
                return -1;
            }
        }
        return octets == 4 ? bits : -1;
    }

    private static @Nullable Address parseV6(String text) {
        if (text.length() > 45) {
            return null;
        }
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return groups(text, groups, 0) == GROUPS ? pack(groups) : null;
        }
        if (text.lastIndexOf('.', gap) >= 0) {
            return null; // a dotted quad stands at the end alone
        }
        int left = gap == 0 ? 0 : groups(text.substring(0, gap), groups, 0);
        String rest = text.substring(gap + 2);
        int[] tail = new int[GROUPS];
        int right = rest.isEmpty() ? 0 : groups(rest, tail, 0);
        if (left < 0 || right < 0 || left + right >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - right, right);
        return pack(groups);
    }

    /** Fills {@code into} with the groups of {@code text} (a dotted quad at its end counts two); how many, or -1. */
    private static int groups(String text, int[] into, int at) {
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && part.indexOf('.') >= 0) {
                long quad = quad(part, 0, part.length());
                if (quad < 0 || at + 2 > GROUPS) {
                    return -1;
                }
                into[at++] = (int) (quad >>> 16);
                into[at++] = (int) (quad & 0xFFFF);
                return at;
            }
            if (part.isEmpty() || part.length() > 4 || at >= GROUPS) {
                return -1;
            }
            int value = 0;
            for (int c = 0; c < part.length(); c++) {
                int digit = Character.digit(part.charAt(c), 16);
                if (digit < 0 || part.charAt(c) > 'f') {
                    return -1;
                }
                value = value << 4 | digit;
            }
            into[at++] = value;
        }
        return at;
    }

    private static Address pack(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[4 + i];
        }
        return new Address(high, low);
    }

    static String format(long high, long low) {
        if (Address.isV4(high, low)) {
            int v4 = (int) low;
            return (v4 >>> 24) + "." + (v4 >>> 16 & 255) + "." + (v4 >>> 8 & 255) + "." + (v4 & 255);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> (48 - 16 * i)) & 0xFFFF;
            groups[4 + i] = (int) (low >>> (48 - 16 * i)) & 0xFFFF;
        }
        return compress(groups);
    }

    /** RFC 5952: the longest run of two or more zero groups becomes {@code ::}. */
    private static String compress(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                best = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < GROUPS; i++) {
            if (i == best) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    static boolean isPublic(long high, long low) {
        if (Address.isV4(high, low)) {
            return isPublicV4((int) low);
        }
        int first = (int) (high >>> 56);
        boolean uniqueLocal = (first & 0xFE) == 0xFC;
        boolean linkLocal = (high >>> 54) == (0xFE80 >>> 6);
        boolean zeroOrLoopback = high == 0 && (low == 0 || low == 1);
        return !(uniqueLocal || linkLocal || first == 0xFF || zeroOrLoopback);
    }

    private static boolean isPublicV4(int bits) {
        int a = bits >>> 24;
        int b = bits >>> 16 & 255;
        return switch (a) {
            case 0, 10, 127 -> false;
            case 100 -> b < 64 || b > 127;
            case 169 -> b != 254;
            case 172 -> b < 16 || b > 31;
            case 192 -> b != 168;
            default -> a < 224;
        };
    }
}
