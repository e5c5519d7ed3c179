package dev.tocsin.core.finding;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an attribute of a finding must be (F45, F46).
 *
 * @param path the attribute
 * @param anyOf one of its values is one of these; empty: whatever
 * @param noneOf none of its values is one of these
 * @param above what a number among its values is greater than, or null; times count in epoch milliseconds
 * @param atLeast the same, or equal
 * @param below what a number among its values is less than, or null
 * @param atMost the same, or equal
 * @param like one of its values is like one of these, in which {@code *} stands for anything and {@code ?} for one
 *     character; empty: whatever
 * @param unlike none of its values is like one of these
 */
public record FindingCondition(
        FindingPath path,
        List<String> anyOf,
        List<String> noneOf,
        @Nullable Long above,
        @Nullable Long atLeast,
        @Nullable Long below,
        @Nullable Long atMost,
        List<String> like,
        List<String> unlike) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    /** Attributes that are times. */
    private static final Set<String> TIMES =
            Set.of("updatedAt", "createdAt", "service.eventFirstSeen", "service.eventLastSeen");

    /** Operators that mean the same as newer ones, by these. */
    private static final Map<String, String> OLD = Map.of(
            "equals", "eq",
            "notEquals", "neq",
            "greaterThan", "gt",
            "greaterThanOrEqual", "gte",
            "lessThan", "lt",
            "lessThanOrEqual", "lte");

    /** The conditions of {@code criterion}, a map from attribute to condition as requests write it. */
    public static List<FindingCondition> all(Doc criterion) {
        List<FindingCondition> conditions = new ArrayList<>();
        criterion.members().forEach((name, condition) -> {
            if (condition instanceof Doc doc) {
                conditions.add(of(name, doc));
            }
        });
        return conditions;
    }

    private static FindingCondition of(String name, Doc by) {
        return new FindingCondition(
                FindingPath.of(name),
                texts(by, "equals"),
                texts(by, "notEquals"),
                number(by, "greaterThan"),
                number(by, "greaterThanOrEqual"),
                number(by, "lessThan"),
                number(by, "lessThanOrEqual"),
                texts(by, "matches"),
                texts(by, "notMatches"));
    }

    private static List<String> texts(Doc by, String name) {
        return value(by, name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable Long number(Doc by, String name) {
        return value(by, name) instanceof Long number ? number : null;
    }

    private static @Nullable Object value(Doc by, String name) {
        Object value = by.get(name);
        String old = OLD.get(name);
        return value == null && old != null ? by.get(old) : value;
    }

    /** The name of the attribute. */
    public String attribute() {
        return path.name();
    }

    /** Whether {@code document}, a finding in the export form, is so. */
    public boolean holds(Doc document) {
        Set<FindingPath.Value> values = path.values(document);
        Set<String> texts = values.stream().map(FindingPath.Value::text).collect(Collectors.toSet());
        return (anyOf.isEmpty() || anyOf.stream().anyMatch(text -> among(texts, text)))
                && noneOf.stream().noneMatch(text -> among(texts, text))
                && (like.isEmpty() || like.stream().anyMatch(pattern -> isLike(texts, pattern)))
                && unlike.stream().noneMatch(pattern -> isLike(texts, pattern))
                && (isUnbounded() || values.stream().anyMatch(this::isWithin));
    }

    /** Whether all of {@code conditions} hold. */
    public static boolean allHold(List<FindingCondition> conditions, Doc document) {
        return conditions.stream().allMatch(condition -> condition.holds(document));
    }

    private static boolean among(Set<String> texts, String wanted) {
        return texts.contains(wanted)
                || (NUMBER.matcher(wanted).matches()
                        && texts.contains(FindingPath.canonical(Double.parseDouble(wanted))));
    }

    private static boolean isLike(Set<String> texts, String pattern) {
        String regex = Pattern.compile("[*?]|[^*?]+").matcher(pattern).replaceAll(part -> switch (part.group()) {
            case "*" -> ".*";
            case "?" -> ".";
            default -> Matcher.quoteReplacement(Pattern.quote(part.group()));
        });
        Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
        return texts.stream().anyMatch(text -> compiled.matcher(text).matches());
    }

    private boolean isUnbounded() {
        return above == null && atLeast == null && below == null && atMost == null;
    }

    private boolean isWithin(FindingPath.Value value) {
        Double number = value.number() == null && TIMES.contains(attribute()) ? millis(value.text()) : value.number();
        return number != null
                && (above == null || number > above)
                && (atLeast == null || number >= atLeast)
                && (below == null || number < below)
                && (atMost == null || number <= atMost);
    }

    private static @Nullable Double millis(String time) {
        try {
            return (double) Instant.parse(time).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
