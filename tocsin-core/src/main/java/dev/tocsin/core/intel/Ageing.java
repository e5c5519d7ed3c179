package dev.tocsin.core.intel;

/** How long an entry may fire after it was last seen; measured at the event's time, so a replay judges as live did. */
final class Ageing {

    /** Seconds in a day. */
    private static final long DAY = 86_400;

    /** Seconds an address without port fires after it was last seen. Ours (design: list entries age); addresses change hands fastest. */
    static final long BARE_ADDRESS_SECONDS = 30 * DAY;

    /** Seconds an address with port fires after it was last seen. Ours (design: list entries age). */
    static final long PORT_SECONDS = 180 * DAY;

    /** Seconds a name fires after it was last seen. Ours (design: list entries age); names are registered by the year. */
    static final long NAME_SECONDS = 365 * DAY;

    private Ageing() {}

    /** What an entry of {@code list} says of an event at {@code at}, epoch seconds; the port is known to fit. */
    static Verdict judge(Indicator entry, IndicatorList list, long at) {
        if (list.kind() == IndicatorList.Kind.OPERATOR_THREAT) {
            return Verdict.FIRES;
        }
        if (entry.category().contextOnly()) {
            return Verdict.CONTEXT;
        }
        if (entry.muted()) {
            return Verdict.CAUTION;
        }
        return age(entry, entry.lastSeen() != 0 ? entry.lastSeen() : list.dated(), at);
    }

    /** The last time at which an entry of {@code list} fires, epoch seconds; {@link Long#MIN_VALUE} if it never does. */
    static long until(Indicator entry, IndicatorList list) {
        if (list.kind() == IndicatorList.Kind.OPERATOR_THREAT) {
            return Long.MAX_VALUE;
        }
        if (list.trusted() || entry.category().contextOnly() || entry.muted()) {
            return Long.MIN_VALUE;
        }
        long lastSeen = entry.lastSeen() != 0 ? entry.lastSeen() : list.dated();
        if (lastSeen == 0) {
            return needsDate(entry) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long limit = limit(entry);
        return limit == Long.MAX_VALUE ? limit : lastSeen + limit;
    }

    private static Verdict age(Indicator entry, long lastSeen, long at) {
        if (lastSeen == 0) {
            return needsDate(entry) ? Verdict.UNDATED : Verdict.FIRES;
        }
        return at - lastSeen > limit(entry) ? Verdict.OLD : Verdict.FIRES;
    }

    private static boolean needsDate(Indicator entry) {
        return isAddress(entry) && entry.port() == 0;
    }

    private static long limit(Indicator entry) {
        if (isAddress(entry)) {
            return entry.port() == 0 ? BARE_ADDRESS_SECONDS : PORT_SECONDS;
        }
        return entry.kind() == Indicator.Kind.DOMAIN ? NAME_SECONDS : Long.MAX_VALUE;
    }

    private static boolean isAddress(Indicator entry) {
        return entry.kind() == Indicator.Kind.IP || entry.kind() == Indicator.Kind.CIDR;
    }
}
