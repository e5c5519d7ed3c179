package dev.tocsin.core.credential;

/**
 * Whether the use of a resource's credentials from a place is theft, by what was known at a time. What explains a place can
 * only grow, so that a call that is explained when it comes stays so.
 */
public final class Theft {

    /**
     * How long a verdict waits for what would explain the place, in seconds of event time. Ours, as for new peers: a deployment
     * rolls over a group within two hours.
     */
    public static final long WAIT_SECONDS = 7_200;

    /** Days of use from which a role's foreign place is learned and no longer reported (F94; the number is ours). */
    public static final int LEARNED_DAYS = 7;

    /** Holders that share a place from which on it is the way out of a network (benign patterns). */
    public static final int SHARED = 3;

    /** Days of uses in the account before addresses of AWS without known owner are judged. Ours: as other habits. */
    public static final int LEARN_DAYS = 7;

    /** Days for which a place that led to a finding explains nothing (anomaly research 3.2, rule a). */
    public static final int DISPUTED_DAYS = 30;

    private static final long DAY = 86_400;

    /** What is said of a use. */
    public enum Verdict {
        /** The place is explained. */
        EXPLAINED,
        /** What comes later may explain it or show that it is theft. */
        OPEN,
        /** It is theft. */
        STOLEN
    }

    /**
     * What is known of a use and its place.
     *
     * @param at when, epoch seconds
     * @param holder number of the holder
     * @param uses of the holder's credentials
     * @param byRole how the holder's role uses the place
     * @param byAll how all roles use it
     */
    public record Known(long at, long holder, Uses uses, OriginUse byRole, OriginUse byAll) {}

    private Theft() {}

    /** Whether the place, none of AWS's or another account's endpoint, is explained already. */
    public static boolean isLearned(OriginUse byRole, OriginUse byAll, long at) {
        return byRole.daysBefore(at) >= LEARNED_DAYS || byAll.isEgress(at);
    }

    /** Whether the address of AWS is explained already: others, or the role for long, use it too. */
    public static boolean isHabitual(OriginUse byRole, OriginUse byAll, long holder, long at) {
        return byRole.daysBefore(at) >= LEARNED_DAYS || (!byAll.isDisputed(at) && byAll.isOthersBefore(holder, at));
    }

    /**
     * A use from a place that is none of AWS's, or from another account's endpoint. Only holders that use no other place can
     * have their way out there; {@code soles} of them did before {@code until}.
     */
    public static Verdict elsewhere(Known known, long origin, int soles, long until, boolean last) {
        if (isLearned(known.byRole(), known.byAll(), known.at())) {
            return Verdict.EXPLAINED;
        }
        if (known.uses().others(origin, until) > 0) {
            return Verdict.STOLEN;
        }
        if (!last) {
            return Verdict.OPEN;
        }
        if (soles >= SHARED) {
            known.byAll().egress(until);
            return Verdict.EXPLAINED;
        }
        return Verdict.STOLEN;
    }

    /**
     * A use from an address of AWS, which is not theirs from whom the holder's credentials were used first. Without a record
     * that shows another account there it is theft only if credentials as old as these, made {@code created}, are used at
     * the holder's other place too.
     */
    public static Verdict inAws(
            Known known, long origin, long created, long since, int learnDays, long until, boolean last) {
        if (isHabitual(known.byRole(), known.byAll(), known.holder(), known.at())
                || (known.uses().isHome(origin) && known.uses().first(origin) < until)) {
            return Verdict.EXPLAINED;
        }
        if (known.byAll().foreignBefore(known.at()) != null) {
            return Verdict.STOLEN;
        }
        if (known.at() < since + learnDays * DAY) {
            return Verdict.EXPLAINED;
        }
        if (!last) {
            return Verdict.OPEN;
        }
        boolean shared = !known.byAll().isDisputed(known.at()) && known.byAll().users(until, holder -> true) >= SHARED;
        boolean both = known.uses().elsewhere(origin, created, until);
        return shared || !both ? Verdict.EXPLAINED : Verdict.STOLEN;
    }

    /** Keeps the place of a use at {@code at} from explaining others. */
    public static void dispute(OriginUse byAll, long at) {
        byAll.dispute(at + DISPUTED_DAYS * DAY);
    }
}
