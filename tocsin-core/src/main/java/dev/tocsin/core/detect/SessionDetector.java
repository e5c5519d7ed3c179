package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import java.util.function.Consumer;

/** Speaks of calls that their identity's habits do not explain; the engine judges the habits. */
public non-sealed interface SessionDetector extends Detector {

    /** Says what {@code unusual} is, where {@code usual} is usual. */
    void observe(Unusual unusual, Usual usual, Context context, Consumer<Signal> out);
}
