package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code service.detection.sequence} in the making: the actors, resources, endpoints and signals of an attack sequence, or of
 * the finding of a rule. What is added are parts, which {@link SequencePart} makes; merging is commutative. Times are epoch
 * milliseconds, as the export form has them.
 */
public final class Sequence {

    /** Signals kept; those that begin last are left out. The API allows 100; a finding must stay below 64 KB. */
    public static final int MOST_SIGNALS = 40;

    /** Actors, resources and endpoints kept of each. The API allows 400. */
    public static final int MOST_PARTS = 40;

    /** Longest description, in characters: the API's. */
    public static final int DESCRIPTION_LIMIT = 4_096;

    /** Members of a sequence that are lists of parts, with what tells one part from another, in the order of the document. */
    private static final Map<String, String> KEYS = keys();

    private static final String SIGNALS = "signals";
    private static final String INDICATORS = "signalIndicators";

    private final Map<String, TreeMap<String, Doc>> parts = new LinkedHashMap<>();

    /** A sequence without parts. */
    public Sequence() {
        KEYS.keySet().forEach(member -> parts.put(member, new TreeMap<>()));
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("actors", "id");
        keys.put("resources", "uid");
        keys.put("endpoints", "id");
        keys.put(SIGNALS, "uid");
        return keys;
    }

    /** Adds the parts of {@code other}, which is in the form of {@link #toState}. */
    public void add(Doc other) {
        KEYS.forEach((member, key) ->
                docs(other, member).forEach(part -> add(member, String.valueOf(part.text(key)), part)));
    }

    private void add(String member, String key, Doc part) {
        TreeMap<String, Doc> known = parts.getOrDefault(member, new TreeMap<>());
        boolean signal = member.equals(SIGNALS);
        known.merge(key, part, (one, another) -> signal ? merged(one, another) : fuller(one, another));
        if (signal && known.size() > MOST_SIGNALS) {
            known.values().stream().max(ORDER).ifPresent(last -> known.values().remove(last));
        } else if (!signal && known.size() > MOST_PARTS) {
            known.pollLastEntry(); // the last by key: the same whatever the order in which parts came
        }
    }

    /** In the order in which signals began. */
    public static final Comparator<Doc> ORDER = Comparator.<Doc>comparingLong(signal -> signal.number("firstSeenAt", 0))
            .thenComparing(signal -> String.valueOf(signal.text("uid")));

    private static final Comparator<Doc> BY_TEXT = Comparator.comparing(Doc::toString);

    private static Doc fuller(Doc one, Doc other) {
        if (one.equals(other)) {
            return one;
        }
        int more = Integer.compare(one.members().size(), other.members().size());
        return more > 0 || (more == 0 && BY_TEXT.compare(one, other) >= 0) ? one : other;
    }

    private static Doc merged(Doc one, Doc other) {
        Doc earlier = ORDER.compare(one, other) <= 0 ? one : other;
        Doc all = new Doc().withAll(earlier);
        for (String least : List.of("createdAt", "firstSeenAt")) {
            all.with(least, Math.min(one.number(least, 0), other.number(least, 0)));
        }
        for (String most : List.of("updatedAt", "lastSeenAt")) {
            all.with(most, Math.max(one.number(most, 0), other.number(most, 0)));
        }
        all.with("count", one.number("count", 0) + other.number("count", 0));
        if (severity(one) != null || severity(other) != null) {
            all.with("severity", Math.max(orZero(severity(one)), orZero(severity(other))));
        }
        for (String ids : List.of("resourceUids", "actorIds", "endpointIds")) {
            TreeSet<String> both = new TreeSet<>(texts(one, ids));
            both.addAll(texts(other, ids));
            all.with(ids, both.stream().limit(MOST_PARTS).toList());
        }
        return all.with(INDICATORS, indicators(List.of(one, other)));
    }

    private static @Nullable Double severity(Doc signal) {
        return signal.get("severity") instanceof Number number ? number.doubleValue() : null;
    }

    private static double orZero(@Nullable Double number) {
        return number == null ? 0 : number;
    }

    /** All indicators of {@code signals}, each key once, by key; values in the order of the signals. */
    private static List<Doc> indicators(List<Doc> signals) {
        Map<String, List<String>> values = new TreeMap<>();
        for (Doc signal : signals) {
            for (Doc indicator : docs(signal, INDICATORS)) {
                List<String> known =
                        values.computeIfAbsent(String.valueOf(indicator.text("key")), key -> new ArrayList<>());
                texts(indicator, "values").stream()
                        .filter(value -> known.size() < MOST_PARTS && !known.contains(value))
                        .forEach(known::add);
            }
        }
        List<Doc> indicators = new ArrayList<>();
        values.forEach((key, of) ->
                indicators.add(new Doc().with("key", key).with("values", of).with("title", title(key))));
        return indicators;
    }

    /** {@code HIGH_RISK_API} in words: {@code High Risk Api}. */
    static String title(String key) {
        StringBuilder title = new StringBuilder();
        for (String word : key.split("_", -1)) {
            title.append(title.isEmpty() ? "" : " ")
                    .append(word, 0, 1)
                    .append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return title.toString();
    }

    /** Takes away the signals of {@code uids}, and what only they named. */
    public void remove(Collection<String> uids) {
        Map<String, Doc> signals = parts.getOrDefault(SIGNALS, new TreeMap<>());
        signals.keySet().removeAll(uids);
        Map<String, String> named =
                Map.of("actors", "actorIds", "resources", "resourceUids", "endpoints", "endpointIds");
        named.forEach((member, ids) -> {
            Set<String> left = new HashSet<>();
            signals.values().forEach(signal -> left.addAll(texts(signal, ids)));
            parts.getOrDefault(member, new TreeMap<>()).keySet().retainAll(left);
        });
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return parts.values().stream().allMatch(Map::isEmpty);
    }

    /** The signals in the order in which they began. */
    public List<Doc> signals() {
        return parts.getOrDefault(SIGNALS, new TreeMap<>()).values().stream()
                .sorted(ORDER)
                .toList();
    }

    /** The values of the indicator {@code key} of all signals, in the order of the story. */
    public List<String> values(String key) {
        return indicators(signals()).stream()
                .filter(indicator -> key.equals(indicator.text("key")))
                .findFirst()
                .map(indicator -> texts(indicator, "values"))
                .orElse(List.of());
    }

    /** The form that is kept and that {@link #add} takes. */
    public Doc toState() {
        Doc state = new Doc();
        parts.forEach(
                (member, of) -> state.with(member, member.equals(SIGNALS) ? signals() : List.copyOf(of.values())));
        return state;
    }

    /**
     * The member of the document.
     *
     * @param uid the finding's id
     * @param description the finding's
     * @param additionalTypes sequence types that it is besides its own
     */
    public Doc toDoc(String uid, String description, List<String> additionalTypes) {
        return new Doc()
                .with("uid", uid)
                .with(
                        "description",
                        description.length() <= DESCRIPTION_LIMIT
                                ? description
                                : description.substring(0, DESCRIPTION_LIMIT))
                .withAll(toState())
                .with("sequenceIndicators", indicators(signals()))
                .with("additionalSequenceTypes", additionalTypes);
    }

    /** {@code sequence} as GetFindings has it: times in seconds (behaviour.md F38). */
    static Doc inSeconds(Doc sequence) {
        Doc seconds = new Doc();
        sequence.members().forEach((name, value) -> seconds.with(name, inSeconds(name, value)));
        return seconds;
    }

    private static final List<String> TIMES =
            List.of("createdAt", "updatedAt", "firstSeenAt", "lastSeenAt", "createdTime");

    private static Object inSeconds(String name, Object value) {
        return switch (value) {
            case Doc doc -> inSeconds(doc);
            case List<?> list ->
                list.stream()
                        .map(item -> item instanceof Doc doc ? inSeconds(doc) : item)
                        .toList();
            case Long number -> TIMES.contains(name) ? seconds(number) : value;
            default -> value;
        };
    }

    private static Object seconds(long millis) {
        if (millis % 1_000 == 0) {
            return millis / 1_000;
        }
        return millis / 1_000.0;
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }

    private static List<String> texts(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
