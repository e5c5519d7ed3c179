package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.lookup.LookupWindow;
import java.util.function.Consumer;

/** Judges what the name look-ups of one host add up to in ten minutes, once no record of it is awaited any more. */
public non-sealed interface LookupDetector extends Detector {

    /** Judges {@code window}; windows come in the order of time, quiet ones not at all. */
    void observe(LookupWindow window, Context context, Consumer<Signal> out);

    /** How far {@code window} alone went towards a finding, without what the host did before. */
    Closest closest(LookupWindow window);

    /**
     * How far a window went.
     *
     * @param hundredths of what a finding takes within a window
     * @param text the values that decide, in words
     */
    record Closest(long hundredths, String text) {}
}
