package dev.tocsin.flink.order;

/**
 * Event time and order of objects in one number, which Flink carries as its watermark.
 *
 * <p>Objects have their turns one after the other, as on every host. What a turn's records make of state depends on where
 * the engine's watermark stood when the turn began, and how far it moves when the turn is over. A stamp is that watermark
 * (epoch seconds, {@value #TIME_BITS} bits) before the number of turns since it last moved ({@value #NUMBER_BITS} bits). Stamps grow from turn to turn, and a timer for event
 * time {@code t} is due between the last turn that began before {@code t} was reached and the first that began after.
 */
public final class Turn {

    private static final int TIME_BITS = 38;
    private static final int NUMBER_BITS = 24;

    /** Turns that may pass without event time moving; also the number behind all of them. */
    public static final long LAST_NUMBER = (1L << NUMBER_BITS) - 1;

    /** The latest time a stamp tells, epoch seconds: the year 10680. What lies beyond comes at the end of input. */
    public static final long LATEST = (1L << TIME_BITS) - 2;

    /** Of records that have no turn, as those of a stream: they are taken when they come. */
    public static final long NONE = Long.MIN_VALUE;

    /** Before the first turn: nothing is known of time. */
    public static final long START = 1;

    private Turn() {}

    /** The stamp of turn {@code number} since the watermark came to {@code time}; {@link Long#MIN_VALUE} is no time yet. */
    public static long stamp(long time, long number) {
        return (Math.clamp(time, 0, LATEST + 1) << NUMBER_BITS) | number;
    }

    /** The stamp of the turn after {@code finished}, which is where the last one left time. */
    public static long after(long finished) {
        if ((finished & LAST_NUMBER) >= LAST_NUMBER - 1) {
            throw new IllegalStateException("event time does not move: more than " + LAST_NUMBER
                    + " objects in a row; is one log among them of which no record can be read?");
        }
        return finished + 1;
    }

    /** Where time stands once the turn after {@code finished} is over and the engine's watermark is {@code time}. */
    public static long finished(long finished, long time) {
        return time > watermark(finished) ? stamp(time, START) : after(finished);
    }

    /** The engine's watermark in {@code stamp}, epoch seconds; {@link Long#MIN_VALUE} if there is none yet. */
    public static long watermark(long stamp) {
        if (stamp == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long time = stamp >> NUMBER_BITS;
        return time <= 0 ? Long.MIN_VALUE : time;
    }

    /** The number in {@code stamp}; 0 is a time's timers. */
    public static long number(long stamp) {
        return stamp & LAST_NUMBER;
    }
}
