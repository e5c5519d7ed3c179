package dev.tocsin.core.identity;

import java.util.Locale;

/** How often a value is used, in GuardDuty's words (F91). */
public enum Label {
    /** Not in the last month. */
    UNSEEN(0),
    /** Less than once a month. */
    RARE(1),
    /** A few times a month. */
    INFREQUENT(2),
    /** Daily to weekly; from five days on (ours: anomaly research 3.2). */
    FREQUENT(5);

    /** The days before a day that count. */
    public static final int SPAN = 30;

    private final int least;

    Label(int least) {
        this.least = least;
    }

    /** The label of a value used on {@code days} of the last {@link #SPAN}. */
    public static Label of(int days) {
        return days >= FREQUENT.least
                ? FREQUENT
                : days >= INFREQUENT.least ? INFREQUENT : days >= RARE.least ? RARE : UNSEEN;
    }

    /** As members of additionalInfo begin. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
