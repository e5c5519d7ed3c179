package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import java.util.Set;

/** Signals that count only where their peer is new to the account and few hosts turn to it: facts that the desk reads. */
public final class NewPeer {

    /** The fact that says for how many days the host has been known. */
    public static final String KNOWN_DAYS = "knownDays";

    /** The fact that says for how many days the account must have been known. */
    public static final String LEARN_DAYS = "learnDays";

    /** The fact of a signal that only says that a host turns to the peer: it is known from then on. */
    public static final String KNOWN = "onlyKnown";

    private static final Set<FindingType> TYPES = Set.of(Beacons.BEACON, Beacons.LONG, UnusualPlaces.TYPE);

    private NewPeer() {}

    /** Whether signals of {@code type} are such. */
    public static boolean decides(FindingType type) {
        return TYPES.contains(type);
    }
}
