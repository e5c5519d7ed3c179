package dev.tocsin.core.profile;

/** Days of UTC as numbers, and sets of the last 32 of them as bits: bit 0 is the last day of all. */
public final class Days {

    /** A day, in seconds. */
    public static final long SECONDS = 86_400;

    /** Days that a set remembers. */
    public static final int MOST = 32;

    private Days() {}

    /** The day of {@code at}, epoch seconds, counted from 1970. */
    public static long of(long at) {
        return Math.floorDiv(at, SECONDS);
    }

    /** {@code days} as it looks {@code later} days later; nothing is left of what lies too far back. */
    public static int shift(int days, long later) {
        return later >= MOST ? 0 : days << (int) later;
    }

    /** {@code days}, a set whose last day is {@code last}, with {@code day}, which may be earlier. */
    public static int with(int days, long last, long day) {
        long back = last - day;
        return back >= 0 && back < MOST ? days | 1 << (int) back : days;
    }

    /** How many of {@code days}, a set whose last day is {@code last}, lie before {@code day}. */
    public static int before(int days, long last, long day) {
        long back = last - day + 1;
        if (back <= 0) {
            return Integer.bitCount(days);
        }
        return back >= MOST ? 0 : Integer.bitCount(days >>> (int) back);
    }
}
