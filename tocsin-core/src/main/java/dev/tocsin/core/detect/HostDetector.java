package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import java.util.Set;
import java.util.function.Consumer;

/** Judges what processes of one host do. */
public non-sealed interface HostDetector extends Detector {

    /** The actions it looks at; of others it hears nothing. */
    Set<HostEvent.Action> actions();

    /** Judges {@code event}, of a process of which {@code view} tells more. */
    void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out);
}
