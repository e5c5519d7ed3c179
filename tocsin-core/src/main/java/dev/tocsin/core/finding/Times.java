package dev.tocsin.core.finding;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as findings and ledgers write them. */
public final class Times {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** {@code epochSeconds} as ISO 8601 UTC with milliseconds, as GuardDuty writes times. */
    public static String iso(long epochSeconds) {
        return MILLIS.format(Instant.ofEpochSecond(epochSeconds));
    }

    /** {@code epochMillis} as the same, to the millisecond. */
    public static String isoMillis(long epochMillis) {
        return MILLIS.format(Instant.ofEpochMilli(epochMillis));
    }
}
