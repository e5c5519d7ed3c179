package dev.tocsin.core.event;

import java.util.List;

/**
 * The rules of a suffix list by digest, found while a name is read once from its end: nothing is cut out of the name. Two
 * rules with one digest of 64 bits would be taken for one another; the list's some ten thousand have none.
 */
final class SuffixRules {

    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
    private static final long FINAL = 0xFF51_AFD7_ED55_8CCDL;

    /** The suffix itself is a rule. */
    private static final int RULE = 1;

    /** Every name directly below is a suffix, unless excepted. */
    private static final int WILD = 2;

    private static final int EXCEPTED = 4;

    /** The rule is that of a service, not of a registry. */
    private static final int SERVICE = 8;

    /** The same for {@link #WILD}. */
    private static final int WILD_SERVICE = 16;

    private final long[] keys;
    private final byte[] kinds;
    private int mostLabels;

    /** The rules that {@code lines} hold: {@code ~} before those of services, {@code *.} and {@code !} as in the list. */
    SuffixRules(List<String> lines) {
        int length = Integer.highestOneBit(lines.size()) * 4;
        keys = new long[length];
        kinds = new byte[length];
        lines.forEach(this::add);
    }

    private void add(String line) {
        boolean service = line.startsWith("~");
        String rule = service ? line.substring(1) : line;
        if (rule.startsWith("*.")) {
            put(rule.substring(2), service ? WILD | WILD_SERVICE : WILD);
        } else if (rule.startsWith("!")) {
            put(rule.substring(1), EXCEPTED);
        } else {
            put(rule, service ? RULE | SERVICE : RULE);
        }
    }

    private void put(String suffix, int kind) {
        long hash = 0;
        for (int i = suffix.length() - 1; i >= 0; i--) {
            hash = hash * STEP + suffix.charAt(i);
        }
        long key = key(hash);
        int place = place(key);
        keys[place] = key;
        kinds[place] |= (byte) kind;
        mostLabels = Math.max(mostLabels, labels(suffix) + 1);
    }

    private static int labels(String suffix) {
        return (int) suffix.chars().filter(c -> c == '.').count() + 1;
    }

    private static long key(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * FINAL;
        return (mixed ^ (mixed >>> 29)) | 1;
    }

    private int place(long key) {
        int place = (int) (key >>> 20) & (keys.length - 1);
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    /**
     * Where the longest suffix of {@code name} begins that is a rule, or the last label where there is none; the bits
     * {@link #KNOWN} and {@link #OF_SERVICE} say of which kind it is.
     */
    int suffix(String name) {
        long hash = 0;
        int found = -1;
        int last = 0;
        int before = 0;
        int labels = 0;
        for (int i = name.length() - 1; i >= -1 && labels < mostLabels; i--) {
            if (i >= 0 && name.charAt(i) != '.') {
                hash = hash * STEP + name.charAt(i);
                continue;
            }
            last = labels == 0 ? i + 1 : last;
            int kind = kinds[place(key(hash))];
            if ((kind & RULE) != 0) {
                found = (i + 1) | KNOWN | ((kind & SERVICE) != 0 ? OF_SERVICE : 0);
            } else if ((before & WILD) != 0 && (kind & EXCEPTED) == 0) {
                found = (i + 1) | KNOWN | ((before & WILD_SERVICE) != 0 ? OF_SERVICE : 0);
            }
            before = kind;
            labels++;
            hash = hash * STEP + '.';
        }
        return found < 0 ? last : found;
    }

    /** The suffix is one of the list. */
    static final int KNOWN = 1 << 16;

    /** It is one of a service that gives names to its users. */
    static final int OF_SERVICE = 1 << 17;

    /** Where the suffix begins. */
    static int start(int suffix) {
        return suffix & 0xFFFF;
    }
}
