package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.Signal;
import java.util.function.Consumer;

/** Judges what processes of one host do. */
public non-sealed interface HostDetector extends Detector {

    /** Judges {@code event}. */
    void observe(HostEvent event, Context context, Consumer<Signal> out);
}
