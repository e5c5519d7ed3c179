package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a host calls its peers, by address and port. */
final class PeerHabits implements Doc.Form {

    private final Map<String, PeerHabit> byPeer = new TreeMap<>();

    private PeerHabits() {}

    /** Those that {@code doc} holds under {@code name}, none if it holds none. */
    static PeerHabits in(Doc doc, String name) {
        if (doc.get(name) instanceof PeerHabits known) {
            return known;
        }
        PeerHabits read = new PeerHabits();
        doc.part(name).members().forEach((peer, habit) -> read.byPeer.put(peer, PeerHabit.of((Doc) habit)));
        return read;
    }

    @Override
    public Doc toDoc() {
        Doc doc = new Doc();
        byPeer.forEach((peer, habit) -> doc.with(peer, habit.toDoc()));
        return doc;
    }

    /** How {@code peer} is called; new if it was not. */
    PeerHabit of(String peer) {
        return byPeer.computeIfAbsent(peer, ignored -> PeerHabit.of(null));
    }

    /** Forgets who was not called since {@code since}, epoch seconds, and of the others all but {@code most}: those called in most hours stay. */
    void keep(int most, long since) {
        byPeer.values().removeIf(habit -> habit.end() < since);
        if (byPeer.size() <= most) {
            return;
        }
        List<Ranked> ranked = new ArrayList<>(byPeer.size());
        byPeer.forEach((peer, habit) -> ranked.add(new Ranked(peer, habit.hoursCalled(), habit.end())));
        Ranked.beyond(most, ranked).forEach(one -> byPeer.remove(one.name()));
    }
}
