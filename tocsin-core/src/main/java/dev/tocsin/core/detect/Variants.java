package dev.tocsin.core.detect;

import dev.tocsin.core.lookup.AskedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Tells a burst of one name's variants (mistyped, under other suffixes: what brand monitors ask for) from names that have
 * nothing in common: variants share runs of characters.
 */
final class Variants {

    /** Names from which on it can be told. Ours. */
    static final int LEAST_NAMES = 8;

    /** Characters of a run that variants share. Ours: in shorter ones the words of long labels meet too. */
    static final int RUN = 4;

    /** The same where labels are short, and a variant keeps less of the name. Ours. */
    static final int SHORT_RUN = 3;

    /** Characters of a label, on average, up to which labels are short. Ours. */
    static final int SHORT_LABEL = 9;

    /** One of so many names shares a run that counts as common. Ours. */
    static final int SHARE = 4;

    private Variants() {}

    /** The sum of {@code weight} over {@code names}, of variants the first only; they are so if they are the most of them. */
    static long weight(List<AskedName> names, ToLongFunction<AskedName> weight) {
        long characters = 0;
        for (AskedName name : names) {
            characters += name.label().length();
        }
        int run = characters <= (long) SHORT_LABEL * names.size() ? SHORT_RUN : RUN;
        Set<String> common = names.size() < LEAST_NAMES ? Set.of() : common(names, run);
        long all = 0;
        long others = 0;
        int variants = 0;
        for (AskedName name : names) {
            long one = weight.applyAsLong(name);
            all += one;
            if (!common.isEmpty() && sharesAny(name.label(), common, run)) {
                variants++;
                others += variants == 1 ? one : 0;
            } else {
                others += one;
            }
        }
        return 2 * variants > names.size() ? others : all;
    }

    private static Set<String> common(List<AskedName> names, int length) {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> once = new HashSet<>();
        for (AskedName name : names) {
            String label = name.label();
            once.clear();
            for (int i = 0; i + length <= label.length(); i++) {
                String run = label.substring(i, i + length);
                if (once.add(run)) {
                    counts.merge(run, 1, Integer::sum);
                }
            }
        }
        Set<String> common = new HashSet<>();
        counts.forEach((run, count) -> {
            if (SHARE * count > names.size()) {
                common.add(run);
            }
        });
        return common;
    }

    private static boolean sharesAny(String label, Set<String> runs, int length) {
        for (int i = 0; i + length <= label.length(); i++) {
            if (runs.contains(label.substring(i, i + length))) {
                return true;
            }
        }
        return false;
    }
}
