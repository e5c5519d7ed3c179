package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ports of a finding that were probed, each with who did it: the earliest, whatever the order in which signals come.
 * A signal brings its own in {@code portProbeAction.portProbeDetails}.
 */
final class Probes {

    /** Probes that a finding lists. Ours. */
    static final int MOST = 20;

    private static final String ACTION = "portProbeAction";
    private static final String DETAILS = "portProbeDetails";
    private static final Comparator<Doc> EARLIEST =
            Comparator.<Doc>comparingLong(probe -> probe.number("at", 0)).thenComparing(Doc::toString);

    private final List<Doc> probes = new ArrayList<>();

    /** Adds what the action of a signal at {@code at} names, if it is a probe. */
    void add(Doc action, long at) {
        if (action.part(ACTION).get(DETAILS) instanceof List<?> details) {
            details.forEach(one -> add(new Doc().with("at", at).with("details", one)));
        }
    }

    void addAll(Probes others) {
        others.probes.forEach(this::add);
    }

    private void add(Doc probe) {
        for (int i = 0; i < probes.size(); i++) {
            Doc known = probes.get(i);
            if (known.part("details").equals(probe.part("details"))) {
                if (EARLIEST.compare(probe, known) >= 0) {
                    return;
                }
                probes.remove(i);
                break;
            }
        }
        if (probes.size() == MOST && EARLIEST.compare(probe, probes.getLast()) >= 0) {
            return;
        }
        probes.add(probe);
        probes.sort(EARLIEST);
        if (probes.size() > MOST) {
            probes.removeLast();
        }
    }

    /** {@code action} with all probes in the place of its own. */
    Doc in(Doc action) {
        if (probes.isEmpty()) {
            return action;
        }
        List<Doc> details = probes.stream().map(probe -> probe.part("details")).toList();
        Doc probed = new Doc().withAll(action.part(ACTION)).with(DETAILS, details);
        return new Doc().withAll(action).with(ACTION, probed);
    }

    /** As it is kept in state. */
    List<Doc> toState() {
        return probes;
    }

    /** Takes what {@link #toState} gave. */
    void restore(List<?> state) {
        state.forEach(probe -> probes.add((Doc) probe));
    }
}
