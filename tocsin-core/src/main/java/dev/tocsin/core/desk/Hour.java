package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The new findings of one type in an hour of event time: the first ones by time and id, and where the rest went. */
final class Hour {

    /** A finding by its rank. */
    record Ranked(long first, String id) implements Comparable<Ranked> {
        private static final Comparator<Ranked> ORDER =
                Comparator.comparingLong(Ranked::first).thenComparing(Ranked::id);

        @Override
        public int compareTo(Ranked other) {
            return ORDER.compare(this, other);
        }
    }

    /** Those that stand by themselves. */
    final TreeSet<Ranked> kept = new TreeSet<>();

    /** Regions that have a roll-up. */
    final TreeSet<String> regions = new TreeSet<>();

    /** The highest revision of a finding that became part of a roll-up: one that comes back goes on from there. */
    long revision;

    /** Ids of findings, in order. */
    static final class Ids {
        final TreeSet<String> ids = new TreeSet<>();
    }

    static final StateKind<Hour> KIND = new StateKind<>("newFindings", 1, new StateKind.Codec<>() {
        @Override
        public void write(Hour hour, JsonGenerator out) throws IOException {
            List<Doc> kept = hour.kept.stream()
                    .map(ranked -> new Doc().with("first", ranked.first()).with("id", ranked.id()))
                    .toList();
            new Doc()
                    .with("kept", kept)
                    .with("regions", List.copyOf(hour.regions))
                    .with("revision", hour.revision)
                    .write(out);
        }

        @Override
        public Hour read(JsonParser in, int version) throws IOException {
            in.nextToken();
            Doc doc = Doc.read(in);
            Hour hour = new Hour();
            hour.revision = doc.number("revision", 0);
            if (doc.get("kept") instanceof List<?> kept) {
                for (Object item : kept) {
                    if (item instanceof Doc one) {
                        hour.kept.add(new Ranked(one.number("first", 0), String.valueOf(one.text("id"))));
                    }
                }
            }
            if (doc.get("regions") instanceof List<?> regions) {
                regions.forEach(region -> hour.regions.add(String.valueOf(region)));
            }
            return hour;
        }
    });

    static final StateKind<Ids> IDS = new StateKind<>("rolledUp", 1, new StateKind.Codec<>() {
        @Override
        public void write(Ids entry, JsonGenerator out) throws IOException {
            new Doc().with("ids", List.copyOf(entry.ids)).write(out);
        }

        @Override
        public Ids read(JsonParser in, int version) throws IOException {
            in.nextToken();
            Ids entry = new Ids();
            if (Doc.read(in).get("ids") instanceof List<?> ids) {
                ids.forEach(id -> entry.ids.add(String.valueOf(id)));
            }
            return entry;
        }
    });
}
