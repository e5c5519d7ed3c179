package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.function.Consumer;

/**
 * Judges ten minutes of an interface's traffic by what its host usually does, and teaches the profile. What it signals
 * names its question ({@link HabitSignal}): the desk answers whether the host's group has the habit, or has it now.
 */
public non-sealed interface HabitDetector extends Detector {

    /** Judges {@code window} and notes in {@code profile} what it held; windows come in the order of time. */
    void observe(TrafficWindow window, HostProfile profile, Context context, Consumer<Signal> out);
}
