package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call, or several of a session, that an identity's habits do not explain.
 *
 * @param call the call that made it clear
 * @param tactic what the call serves
 * @param callBits evidence of the session's calls of the tactic
 * @param contextBits evidence of where they came from
 * @param byContext whether the context channel passed its threshold, rather than the calls alone
 * @param apis the session's unusual APIs, {@code service api outcome}
 * @param agent the tool's family
 * @param since epoch day of the finding that it goes on with: the call's own, or the one on which a value became disputed
 * @param activeDays days of history of the identity
 * @param judged the evidence by its parts
 */
public record Unusual(
        ApiCall call,
        Tactic tactic,
        double callBits,
        double contextBits,
        boolean byContext,
        List<Api> apis,
        String agent,
        long since,
        int activeDays,
        @Nullable Judged judged) {

    /** An unusual API of the session. */
    public record Api(String service, String action, String outcome) {}
}
