package dev.tocsin.core.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is usual where something unusual came: values by how often they are used, and which of those that came are not usual.
 *
 * @param lists one a feature and scope, in GuardDuty's order
 */
public record Usual(List<Listing> lists) {

    /** Values listed of each kind, as GuardDuty lists them (F91). */
    public static final int MOST_LISTED = 20;

    /** What six bits hold, which is more than the days of a month. */
    private static final int MOST_DAYS = 63;

    private static final int RANK_SHIFT = Integer.SIZE + 6;

    /** Bits that a rank lacks of an int's, so that it stays above the sign. */
    private static final int RANK_SPARE = 7;

    private static final long PRINT = 0xFFFF_FFFFL;

    /** Whose habit it is. */
    public enum Scope {
        /** Of anybody in the account. */
        ACCOUNT("AccountProfiling"),
        /** Of the identity. */
        IDENTITY("UserIdentityProfiling"),
        /** Of anybody at the bucket. */
        BUCKET("BucketProfiling");

        private final String suffix;

        Scope(String suffix) {
            this.suffix = suffix;
        }

        /** As members of additionalInfo end (F92). */
        public String suffix() {
            return suffix;
        }
    }

    /** A value used on {@code days} of the last {@link Label#SPAN}. */
    public record Used(String text, int days) {}

    /**
     * What is usual of one feature.
     *
     * @param usual by label, the most used first; up to {@link #MOST_LISTED} a label
     * @param unusual of the values that came, those not used before
     */
    public record Listing(Feature feature, Scope scope, Map<Label, List<Used>> usual, List<String> unusual) {

        /** The texts under {@code label}. */
        public List<String> texts(Label label) {
            return usual.getOrDefault(label, List.of()).stream().map(Used::text).toList();
        }
    }

    /** A value that came. */
    public record Came(long value, String text) {}

    private static final List<Feature> ORDER = List.of(
            Feature.API,
            Feature.USER_TYPE,
            Feature.USER_NAME,
            Feature.NETWORK,
            Feature.AGENT,
            Feature.BUCKET,
            Feature.REGION);

    /**
     * What is usual in the account, for the identity of {@code profile} and at a bucket.
     *
     * @param bucket what is known of it, or null if none is meant
     * @param came the values that came, by feature
     * @param day before which days count
     * @param names the text of what {@link AccountDays#name} gives, or null
     */
    public static Usual of(
            Profile profile,
            AccountDays account,
            @Nullable BucketUse bucket,
            Map<Feature, List<Came>> came,
            long day,
            Function<String, @Nullable String> names) {
        List<Listing> lists = new ArrayList<>();
        for (Feature feature : ORDER) {
            List<Came> values = came.get(feature);
            if (values == null) {
                continue;
            }
            lists.add(listing(feature, Scope.ACCOUNT, account.table(), values, day, names));
            if (feature != Feature.USER_NAME && feature != Feature.USER_TYPE) {
                lists.add(listing(feature, Scope.IDENTITY, profile.table(), values, day, names));
            }
            if (bucket != null && (feature == Feature.USER_NAME || feature == Feature.NETWORK)) {
                lists.add(listing(feature, Scope.BUCKET, bucket.table(), values, day, names));
            }
        }
        return new Usual(lists);
    }

    /**
     * The listing of one feature.
     *
     * @param came the values that came, which are listed before others of their label
     * @param day before which days count
     * @param names the text of what {@link AccountDays#name} gives, or null
     */
    private static Listing listing(
            Feature feature,
            Scope scope,
            ValueTable table,
            List<Came> came,
            long day,
            Function<String, @Nullable String> names) {
        Map<Long, Integer> rank = new HashMap<>();
        Set<String> unusual = new LinkedHashSet<>();
        for (Came one : came) {
            rank.putIfAbsent(ValueTable.print(feature, one.value()), rank.size());
            if (!one.text().isEmpty() && table.daysBefore(feature, one.value(), day, Label.SPAN) == 0) {
                unusual.add(one.text());
            }
        }
        Map<Label, List<Used>> usual = new EnumMap<>(Label.class);
        Set<String> listed = new LinkedHashSet<>();
        for (long one : ordered(feature, table, day, rank)) {
            int days = MOST_DAYS - (int) (one >>> Integer.SIZE & MOST_DAYS);
            List<Used> list = usual.computeIfAbsent(Label.of(days), label -> new ArrayList<>());
            if (list.size() < MOST_LISTED) {
                String text = names.apply(AccountDays.name(one & PRINT));
                String shown = text == null ? "" : feature == Feature.API ? action(text) : text;
                if (!shown.isEmpty() && listed.add(shown)) {
                    list.add(new Used(shown, days));
                }
            }
        }
        return new Listing(feature, scope, usual, List.copyOf(unusual));
    }

    /** An API without its service, as GuardDuty lists it. */
    private static String action(String api) {
        return api.substring(api.indexOf(':') + 1);
    }

    /**
     * The values of {@code feature} as numbers, so that sorting them compares no objects: first those of {@code rank}, then by
     * days, the most first. The lower half is the print, the next six bits what days lack of {@link #MOST_DAYS}.
     */
    private static long[] ordered(Feature feature, ValueTable table, long day, Map<Long, Integer> rank) {
        Numbers numbers = new Numbers(rank);
        table.forEach(feature, day, Label.SPAN, numbers);
        long[] ordered = Arrays.copyOf(numbers.found, numbers.count);
        Arrays.sort(ordered);
        return ordered;
    }

    private static final class Numbers implements ValueTable.Visitor {
        private final Map<Long, Integer> rank;
        private long[] found = new long[64];
        private int count;

        Numbers(Map<Long, Integer> rank) {
            this.rank = rank;
        }

        @Override
        public void value(long print, int days) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            long before = rank.getOrDefault(print, Integer.MAX_VALUE >> RANK_SPARE);
            found[count++] = before << RANK_SHIFT | (long) (MOST_DAYS - days) << Integer.SIZE | print;
        }
    }
}
