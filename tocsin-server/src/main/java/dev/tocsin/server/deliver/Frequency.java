package dev.tocsin.server.deliver;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a destination gets findings that go on.
 *
 * @param period of the clock; null for that of the finding's detector (F41)
 */
record Frequency(@Nullable Duration period) {

    static final String DETECTOR = "DETECTOR";

    static final List<String> NAMES = List.of(DETECTOR, "FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS");

    /** Of a name that {@link #NAMES} has. */
    static Frequency of(String name) {
        return new Frequency(
                switch (name) {
                    case "FIFTEEN_MINUTES" -> Duration.ofMinutes(15);
                    case "ONE_HOUR" -> Duration.ofHours(1);
                    case "SIX_HOURS" -> Duration.ofHours(6);
                    default -> null;
                });
    }
}
