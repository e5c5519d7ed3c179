package dev.tocsin.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** The known name that somebody most likely meant. */
public final class Nearest {

    private static final int NAMED = 12;

    private Nearest() {}

    /** {@code ; did you mean X?} with the known name nearest to {@code name}, else {@code ; there are A, B, ...}. */
    public static String hint(String name, Collection<String> known) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(one -> steps(name, one)))
                .orElse("");
        boolean near = steps(name, nearest) <= Math.max(2, nearest.length() / 3);
        if (near) {
            return "; did you mean " + nearest + "?";
        }
        String some = known.stream().limit(NAMED).collect(Collectors.joining(", "));
        return "; there are " + some + (known.size() > NAMED ? ", ..." : "");
    }

    /** Letters to add, drop or change on the way from one name to the other; case and punctuation cost nothing. */
    static int steps(String from, String to) {
        String one = letters(from);
        String other = letters(to);
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = corner + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
