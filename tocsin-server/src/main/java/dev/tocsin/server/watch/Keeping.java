package dev.tocsin.server.watch;

import dev.tocsin.core.finding.FindingReplicas;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.Suppression;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;

/**
 * How findings are kept at one moment: for which detectors, and archived or not.
 *
 * @param watched where detectors stand
 * @param suppression what filters hide
 */
public record Keeping(Watched watched, Suppression suppression) {

    /** As {@code store} says now. */
    public static Keeping of(Store store) throws StoreException {
        return new Keeping(Watched.of(store.resources(Detectors.KIND)), Suppression.of(store));
    }

    /**
     * Keeps {@code finding} for each detector it belongs to.
     *
     * @param now epoch milliseconds
     * @return how many detectors took it as news; -1 if it belongs to none
     */
    public int write(StoreTransaction transaction, FindingState finding, long now) throws IOException {
        int taken = -1;
        for (FindingState one : FindingReplicas.expand(finding, watched.regions(finding.account()))) {
            if (!watched.silences(one)) {
                boolean news = transaction.finding(one, now, suppression.hides(one));
                taken = Math.max(taken, 0) + (news ? 1 : 0);
            }
        }
        return taken;
    }
}
