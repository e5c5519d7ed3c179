package dev.tocsin.server.evaluate;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What labels ask of a finding.
 *
 * @param type its type
 * @param first earliest activity, epoch seconds
 * @param last latest activity
 * @param detected time of the record that made it a finding
 * @param texts every text in it: names of resources among them
 * @param eventIds the API calls it rests on
 * @param sources the objects it rests on
 */
record SeenFinding(
        String type,
        long first,
        long last,
        long detected,
        Set<String> texts,
        Set<String> eventIds,
        Set<String> sources) {

    static SeenFinding of(FindingState finding) {
        Set<String> texts = new HashSet<>();
        Set<String> eventIds = new HashSet<>();
        Set<String> sources = new HashSet<>();
        collect(finding.document(), "", texts, eventIds, sources);
        String triggered = finding.document()
                .part("tocsin")
                .part("evidence")
                .part("trigger")
                .text("time");
        long detected = triggered == null
                ? finding.firstSeen()
                : Instant.parse(triggered).getEpochSecond();
        return new SeenFinding(
                finding.type(), finding.firstSeen(), finding.lastSeen(), detected, texts, eventIds, sources);
    }

    private static void collect(
            Object value, String name, Set<String> texts, Set<String> eventIds, Set<String> sources) {
        switch (value) {
            case Doc doc -> doc.members().forEach((member, part) -> collect(part, member, texts, eventIds, sources));
            case Collection<?> list -> list.forEach(item -> collect(item, name, texts, eventIds, sources));
            case String text -> {
                texts.add(text);
                if (name.equals("eventID")) {
                    eventIds.add(text);
                } else if (name.equals("source")) {
                    sources.add(text);
                }
            }
            default -> {}
        }
    }
}
