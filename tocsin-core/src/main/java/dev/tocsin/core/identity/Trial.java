package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;

/**
 * A call before the judge, with all that it is held against.
 *
 * @param call the call
 * @param count how many like it came within the minute
 * @param actor whose habits it is held against
 * @param values what of it is held against habit
 * @param profile the habits
 * @param day epoch day of the call
 */
record Trial(ApiCall call, int count, Actor actor, Values values, Profile profile, long day) {

    /** Active days from which an identity is judged by its own history; until then by its peers' (anomaly research 3.5). */
    static final int OWN_DAYS = 3;

    ValueTable table() {
        return profile.table();
    }

    long value(Feature feature) {
        return values.of(feature);
    }

    /** Days before this one on which the identity used the value that the call has of {@code feature}. */
    int days(Feature feature) {
        return table().daysBefore(feature, value(feature), day);
    }

    /** Days before this one on which the identity was active. */
    int activeDays() {
        return table().activeBefore(day);
    }

    /** The same, or 0 while they are too few to judge by. */
    int ownDays() {
        int active = activeDays();
        return active < OWN_DAYS ? 0 : active;
    }

    /** Whether the identity was ever known to use the call's value. */
    boolean knows(Feature feature) {
        return table().knows(feature, value(feature));
    }
}
