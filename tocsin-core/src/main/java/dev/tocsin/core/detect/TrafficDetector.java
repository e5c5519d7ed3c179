package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.function.Consumer;

/** Judges what the traffic of one interface adds up to in ten minutes, once no record of it is awaited any more. */
public non-sealed interface TrafficDetector extends Detector {

    /** Judges {@code window}; windows come in the order of time, quiet ones not at all. */
    void observe(TrafficWindow window, Context context, Consumer<Signal> out);
}
