package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls over many accounts: what one of them makes impossible is told of that one (F74). */
final class Batch {

    /** What such a call does with one account. */
    @FunctionalInterface
    interface Each {
        /** Does it; returns why it cannot be done, or null. */
        @Nullable
        String with(String account) throws StoreException;
    }

    private Batch() {}

    /** Does {@code each} with every one of {@code accounts}; an answer with those that it could not be done with. */
    static Doc over(List<String> accounts, Each each) throws StoreException {
        List<Doc> unprocessed = new ArrayList<>();
        for (String account : new LinkedHashSet<>(accounts)) {
            String reason = each.with(account);
            if (reason != null) {
                unprocessed.add(new Doc().with("accountId", account).with("result", reason));
            }
        }
        return new Doc().with("unprocessedAccounts", unprocessed);
    }
}
