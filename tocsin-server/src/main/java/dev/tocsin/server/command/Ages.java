package dev.tocsin.server.command;

import java.time.InstantSource;

/** How long ago something was, for people. */
final class Ages {

    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    private Ages() {}

    /** The time since {@code at}, epoch seconds, in minutes, hours or days: {@code 3 h}. */
    static String text(long at) {
        return text(at, InstantSource.system().instant().getEpochSecond());
    }

    static String text(long at, long now) {
        long seconds = Math.max(0, now - at);
        if (seconds >= 2 * DAY) {
            return seconds / DAY + " d";
        }
        return seconds >= HOUR ? seconds / HOUR + " h" : seconds / 60 + " min";
    }
}
