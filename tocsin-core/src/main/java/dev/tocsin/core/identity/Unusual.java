package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call, or several of a session, that an identity's habits do not explain.
 *
 * @param call the call that made it clear
 * @param tactic what the call serves
 * @param callBits score of the session's calls of the tactic by themselves
 * @param contextBits score of them with where they came from
 * @param channel what made it clear
 * @param apis the session's unusual APIs, {@code service api outcome}
 * @param agent the tool's family
 * @param since epoch day of the finding that it goes on with: the call's own, or the one on which a value became disputed
 * @param activeDays days of history of the identity
 * @param judged the evidence by its parts
 * @param slowly the days that add up, if it is slow evidence that speaks
 */
public record Unusual(
        ApiCall call,
        Tactic tactic,
        double callBits,
        double contextBits,
        Channel channel,
        List<Api> apis,
        String agent,
        long since,
        int activeDays,
        @Nullable Judged judged,
        List<Day> slowly) {

    /** What made it clear. */
    public enum Channel {
        /** The calls with where they came from. */
        CONTEXT("context"),
        /** The calls alone. */
        CALLS("calls"),
        /** A sign-in from where the identity never signed in. */
        SIGN_IN("sign-in"),
        /** Calls of several days, each of which alone is too little. */
        SLOW("slow");

        private final String text;

        Channel(String text) {
            this.text = text;
        }

        /** As findings name it. */
        public String text() {
            return text;
        }
    }

    /**
     * A day's strongest call.
     *
     * @param day epoch day
     * @param share how near it came to its threshold; above 0, at most 1
     */
    public record Day(long day, String service, String action, double share) {}

    /** An unusual API of the session. */
    public record Api(String service, String action, String outcome) {}
}
