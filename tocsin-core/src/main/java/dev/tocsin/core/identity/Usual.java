package dev.tocsin.core.identity;

import java.util.ArrayList;
import java.util.Comparator;
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
        List<Printed> printed = new ArrayList<>();
        table.forEach(
                feature,
                day,
                Label.SPAN,
                (print, days) -> printed.add(new Printed(print, days, rank.getOrDefault(print, Integer.MAX_VALUE))));
        printed.sort(Comparator.comparingInt(Printed::rank)
                .thenComparingInt(one -> -one.days())
                .thenComparingLong(Printed::print));
        Map<Label, List<Used>> usual = new EnumMap<>(Label.class);
        Set<String> listed = new LinkedHashSet<>();
        for (Printed one : printed) {
            List<Used> list = usual.computeIfAbsent(Label.of(one.days()), label -> new ArrayList<>());
            if (list.size() < MOST_LISTED) {
                String text = names.apply(AccountDays.name(one.print()));
                String shown = text == null ? "" : feature == Feature.API ? action(text) : text;
                if (!shown.isEmpty() && listed.add(shown)) {
                    list.add(new Used(shown, one.days()));
                }
            }
        }
        return new Listing(feature, scope, usual, List.copyOf(unusual));
    }

    /** An API without its service, as GuardDuty lists it. */
    private static String action(String api) {
        return api.substring(api.indexOf(':') + 1);
    }

    private record Printed(long print, int days, int rank) {}
}
