package dev.tocsin.core.desk.inventory;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.desk.inventory.InventoryFact.Source;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All that is known about one resource: its facts in an order that does not depend on when they were heard. */
final class Known {

    /** Facts kept about a resource; beyond that the first and the newest stay. */
    static final int MAX_FACTS = 32;

    /** Characters of JSON kept about a resource, so that the written entry stays under {@link StateKind#MAX_BYTES}. */
    static final int MAX_CHARS = 20_000;

    /** One fact with its span. */
    record Dated(Source source, long from, long to, Doc members, String text) {
        static final Comparator<Dated> ORDER = Comparator.comparingLong(Dated::from)
                .thenComparing(Dated::source)
                .thenComparingLong(Dated::to)
                .thenComparing(Dated::text);

        boolean holds(long at) {
            return from <= at && at < to;
        }
    }

    private final List<Dated> facts = new ArrayList<>();
    private int chars;

    /** Adds what {@code fact} says; whether it was new. */
    boolean add(InventoryFact fact) {
        return add(new Dated(
                fact.source(),
                fact.from(),
                fact.to(),
                fact.members(),
                fact.members().toJson()));
    }

    private boolean add(Dated dated) {
        int place = 0;
        while (place < facts.size() && Dated.ORDER.compare(facts.get(place), dated) < 0) {
            place++;
        }
        if (place < facts.size() && Dated.ORDER.compare(facts.get(place), dated) == 0) {
            return false;
        }
        facts.add(place, dated);
        chars += dated.text().length();
        while (facts.size() > 2 && (facts.size() > MAX_FACTS || chars > MAX_CHARS)) {
            chars -= facts.remove(1).text().length();
        }
        return true;
    }

    /** The facts that hold at {@code at}, laid over each other; later ones win. Empty if none holds. */
    Doc holding(long at) {
        Doc all = new Doc();
        facts.stream().filter(fact -> fact.holds(at)).forEach(fact -> Tags.lay(all, fact.members()));
        return all;
    }

    /** Like {@link #holding}; before the first fact what the first says, for ids that are never given twice. */
    Doc asOf(long at) {
        Doc all = new Doc();
        for (Dated fact : facts) {
            if (fact.from() <= at || all.isEmpty()) {
                Tags.lay(all, fact.members());
            }
        }
        return all;
    }

    /** The fact that holds at {@code at}, the one that began last if there are several. */
    Optional<Dated> latest(long at) {
        return facts.reversed().stream().filter(fact -> fact.holds(at)).findFirst();
    }

    /** The facts that hold at {@code at}. */
    List<Doc> all(long at) {
        return facts.stream()
                .filter(fact -> fact.holds(at))
                .map(Dated::members)
                .distinct()
                .toList();
    }

    static final StateKind<Known> KIND = new StateKind<>("inventory", 1, new StateKind.Codec<>() {
        @Override
        public void write(Known known, JsonGenerator out) throws IOException {
            new Doc()
                    .with("facts", known.facts.stream().map(Known::toDoc).toList())
                    .write(out);
        }

        @Override
        public Known read(JsonParser in, int version) throws IOException {
            in.nextToken();
            Known known = new Known();
            if (Doc.read(in).get("facts") instanceof List<?> list) {
                list.forEach(item -> known.add(fromDoc((Doc) Objects.requireNonNull(item))));
            }
            return known;
        }
    });

    private static Doc toDoc(Dated fact) {
        return new Doc()
                .with("source", fact.source().name())
                .with("from", fact.from())
                .with("to", fact.to())
                .with("members", fact.members());
    }

    private static Dated fromDoc(Doc doc) {
        Doc members = doc.part("members");
        return new Dated(
                Source.valueOf(String.valueOf(doc.text("source"))),
                doc.number("from", 0),
                doc.number("to", InventoryFact.OPEN),
                members,
                members.toJson());
    }
}
