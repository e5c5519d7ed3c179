package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges ten minutes of an interface's traffic by what its host usually does, and teaches the profile. What it signals
 * names its question ({@link HabitSignal}): the desk answers whether the host's group has the habit, or has it now.
 */
public non-sealed interface HabitDetector extends Detector {

    /** Judges {@code window} and notes in {@code profile} what it held; windows come in the order of time. */
    void observe(TrafficWindow window, HostProfile profile, Context context, Consumer<Signal> out);

    /**
     * The conditions of {@code type} in order, as what came nearest in {@code window} met them, which {@link #observe} has
     * seen; empty if it held nothing to judge.
     */
    List<Condition> conditions(FindingType type, TrafficWindow window, HostProfile profile, Context context);

    /** Whether the host is known for long enough at {@code at}. */
    static Condition isKnown(HostProfile profile, long at, Context context) {
        int wanted = HabitSignal.learnDays(context);
        return new Condition(
                profile.age(at) >= wanted,
                "the host is known for " + wanted + " days; else its group is asked",
                profile.age(at) + " days");
    }

    /** The list of which most conditions are met; the first of several. */
    static List<Condition> nearest(List<List<Condition>> all) {
        List<Condition> nearest = List.of();
        for (List<Condition> one : all) {
            if (nearest.isEmpty() || met(one) > met(nearest)) {
                nearest = one;
            }
        }
        return nearest;
    }

    /** How many of {@code conditions} are met before the first that is not. */
    static int met(List<Condition> conditions) {
        int met = 0;
        while (met < conditions.size() && conditions.get(met).met()) {
            met++;
        }
        return met;
    }
}
