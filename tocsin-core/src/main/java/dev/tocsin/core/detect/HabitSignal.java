package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.Fresh;
import dev.tocsin.core.profile.HostProfile;
import org.jspecify.annotations.Nullable;

/**
 * What a signal of a habit asks the desk, as facts: which value is new, since when, for how long the host is known, and
 * for how long somebody must be known before it says anything.
 *
 * @param value of {@link dev.tocsin.core.profile.Habit}
 * @param since epoch seconds of the value's first use by the host
 * @param ageDays days that the host is known
 * @param learnDays days that the host or its group must be known
 * @param hourBytes for volumes the bytes of the hour, else 0
 */
public record HabitSignal(long value, long since, int ageDays, int learnDays, long hourBytes) {

    /** Days of history before a verdict of the host's own habits. GuardDuty does not say; anomaly.md: 14. */
    static final int LEARN_DAYS = 14;

    private static final String VALUE = "habit";
    private static final String SINCE = "habitSince";
    private static final String AGE = "profileAgeDays";
    private static final String LEARN = "habitLearnDays";
    private static final String BYTES = "habitBytes";

    /** Days of history that {@code context} asks for. */
    static int learnDays(Context context) {
        Integer asked = context.learnDays();
        return asked == null ? LEARN_DAYS : asked;
    }

    /** Notes that {@code value} is told now, at {@code at}: known hosts do not get used to what they are reported for. */
    static void tell(Fresh value, HostProfile profile, long at, Context context) {
        value.tell();
        if (profile.age(at) >= learnDays(context)) {
            profile.dispute(value);
        }
    }

    /** Puts the question into {@code signal}. */
    FlowSignal in(FlowSignal signal) {
        return signal.fact(VALUE, value)
                .fact(SINCE, since)
                .fact(AGE, ageDays)
                .fact(LEARN, learnDays)
                .fact(BYTES, hourBytes)
                .additional("profileAgeDays", ageDays);
    }

    /** The question in {@code signal}, or null if it asks none. */
    public static @Nullable HabitSignal of(Signal signal) {
        String value = signal.facts().get(VALUE);
        return value == null
                ? null
                : new HabitSignal(
                        Long.parseLong(value),
                        number(signal, SINCE),
                        (int) number(signal, AGE),
                        (int) number(signal, LEARN),
                        number(signal, BYTES));
    }

    private static long number(Signal signal, String name) {
        String text = signal.facts().get(name);
        return text == null ? 0 : Long.parseLong(text);
    }

    /** Whether the host is known for long enough to be judged by itself. */
    public boolean isMature() {
        return ageDays >= learnDays;
    }
}
