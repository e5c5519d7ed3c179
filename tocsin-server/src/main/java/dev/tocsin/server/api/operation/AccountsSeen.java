package dev.tocsin.server.api.operation;

import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whose things an account sees outside of GuardDuty's own operations: its own, its members', and of all for the management. */
public final class AccountsSeen {

    private final Store store;
    private final Organization.Accounts accounts;

    /** As {@code store} has members, and {@code accounts} knows the management account. */
    public AccountsSeen(Store store, Organization.Accounts accounts) {
        this.store = store;
        this.accounts = accounts;
    }

    /**
     * Whether {@code account} sees what is an account's; null is what belongs to nobody, which the management account alone
     * sees.
     */
    public Predicate<@Nullable String> by(String account) throws StoreException {
        if (account.equals(accounts.management())) {
            return any -> true;
        }
        Set<String> seen = new HashSet<>(Set.of(account));
        for (Resource member : store.resources(Membership.MEMBER)) {
            if (member.account().equals(account) && Membership.isJoined(member)) {
                seen.add(member.id());
            }
        }
        return one -> one != null && seen.contains(one);
    }
}
