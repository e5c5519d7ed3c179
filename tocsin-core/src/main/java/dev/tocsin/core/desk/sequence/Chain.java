package dev.tocsin.core.desk.sequence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one identity and what it made, or one group of hosts, did that may be part of a sequence. Before it is told as one it
 * holds 24 hours; from then on it grows until it was silent for as long.
 */
final class Chain {

    static final StateKind<Chain> KIND = new StateKind<>("sequenceChains", 1, new StateKind.Codec<>() {
        @Override
        public void write(Chain chain, JsonGenerator out) throws IOException {
            chain.toState().write(out);
        }

        @Override
        public Chain read(JsonParser in, int version) throws IOException {
            in.nextToken();
            return of(Doc.read(in));
        }
    });

    /** Signals of a chain; beyond that a new one is counted nowhere. As many as a sequence shows. */
    static final int MOST_ITEMS = Sequence.MOST_SIGNALS;

    /** Parts that wait at most. */
    private static final int MOST_PARTS = 64;

    /** Credentials and identities that a chain made and that lead back to it. */
    static final int MOST_MADE = 64;

    private final TreeMap<String, Item> items = new TreeMap<>();
    private final TreeMap<String, Evidence> records = new TreeMap<>();
    private final Sequence sequence = new Sequence();

    /** Parts of the sequence that it did not take yet: most chains are never told, and merging documents is slow. */
    private final List<Doc> parts = new ArrayList<>();

    private final List<String> made = new ArrayList<>();
    private long last = Long.MIN_VALUE;
    private String region = "";
    private boolean regional;
    private boolean global;
    private @Nullable Told told;

    /**
     * The finding that it is told as.
     *
     * @param type its type's name
     * @param id its id
     * @param revision how often it was told
     * @param region whose detector's it is
     * @param more sequence types that it turned out to be besides
     */
    record Told(String type, String id, long revision, String region, List<String> more) {}

    void add(Step step) {
        Item item = step.item();
        if (item == null) {
            return;
        }
        last = Math.max(last, item.last());
        if (!items.containsKey(item.uid()) && items.size() >= MOST_ITEMS) {
            return;
        }
        items.merge(item.uid(), item, Item::merged);
        parts.add(step.sequence());
        if (parts.size() > MOST_PARTS) {
            sequence();
        }
        Evidence record = step.evidence();
        if (record != null) {
            records.merge(item.uid(), record, (one, other) -> Evidence.ORDER.compare(one, other) <= 0 ? one : other);
        }
        global |= step.global();
        if (region.isEmpty() || (!regional && !step.global())) {
            region = step.region();
            regional = !step.global();
        }
    }

    /** Forgets what is over before {@code from}, epoch seconds. */
    void forget(long from) {
        List<String> old = items.values().stream()
                .filter(item -> item.last() < from)
                .map(Item::uid)
                .toList();
        if (!old.isEmpty()) {
            items.keySet().removeAll(old);
            records.keySet().removeAll(old);
            sequence().remove(old);
        }
    }

    /** Notes that it made {@code name}; false if it made too many. */
    boolean makes(String name) {
        return made.contains(name) || (made.size() < MOST_MADE && made.add(name));
    }

    List<String> made() {
        return made;
    }

    Collection<Item> items() {
        return items.values();
    }

    /** The records it rests on, earliest first: the first of each signal. */
    List<Evidence> records() {
        return records.values().stream().sorted(Evidence.ORDER).toList();
    }

    Sequence sequence() {
        parts.forEach(sequence::add);
        parts.clear();
        return sequence;
    }

    /** Epoch seconds of its latest signal. */
    long last() {
        return last;
    }

    /** The Region of its first signal that is not a global service's. */
    String region() {
        return region;
    }

    boolean global() {
        return global;
    }

    @Nullable
    Told told() {
        return told;
    }

    void tell(Told now) {
        told = now;
    }

    private Doc toState() {
        Doc state = new Doc()
                .with("items", items.values().stream().map(Item::toState).toList())
                .with(
                        "records",
                        records.entrySet().stream()
                                .map(record -> record.getValue().toState().with("uid", record.getKey()))
                                .toList())
                .with("sequence", sequence().toState())
                .with("made", made)
                .with("last", last)
                .with("region", region)
                .with("regional", regional)
                .with("global", global);
        Told now = told;
        if (now != null) {
            state.with(
                    "told",
                    new Doc()
                            .with("type", now.type())
                            .with("id", now.id())
                            .with("revision", now.revision())
                            .with("region", now.region())
                            .with("more", now.more()));
        }
        return state;
    }

    private static Chain of(Doc state) {
        Chain chain = new Chain();
        docs(state, "items").forEach(item -> chain.items.put(String.valueOf(item.text("uid")), Item.of(item)));
        docs(state, "records")
                .forEach(record -> chain.records.put(String.valueOf(record.text("uid")), Evidence.fromState(record)));
        chain.sequence.add(state.part("sequence"));
        chain.made.addAll(Step.texts(state, "made"));
        chain.last = state.number("last", Long.MIN_VALUE);
        chain.region = String.valueOf(state.text("region"));
        chain.regional = Boolean.TRUE.equals(state.get("regional"));
        chain.global = Boolean.TRUE.equals(state.get("global"));
        Doc told = state.at("told");
        if (told != null) {
            chain.told = new Told(
                    String.valueOf(told.text("type")),
                    String.valueOf(told.text("id")),
                    told.number("revision", 0),
                    String.valueOf(told.text("region")),
                    Step.texts(told, "more"));
        }
        return chain;
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }
}
