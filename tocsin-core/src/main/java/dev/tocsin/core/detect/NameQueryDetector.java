package dev.tocsin.core.detect;

import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** Judges name look-ups of one host. */
public non-sealed interface NameQueryDetector extends Detector {

    /** Judges {@code query}. */
    void observe(NameQuery query, Context context, Consumer<Signal> out);
}
