package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.event.Flow;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Network interfaces known to be Lambda functions', by their description or type. Their flow records are what Lambda Protection
 * analyses. Safe for use by many threads.
 */
public final class FunctionInterfaces implements Predicate<Flow> {

    /** Interfaces remembered: an account has 500 of them a VPC at most unless it asks for more. */
    private static final int MOST = 100_000;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Those that {@code facts} tell. */
    public static FunctionInterfaces of(List<InventoryFact> facts) {
        FunctionInterfaces interfaces = new FunctionInterfaces();
        facts.forEach(interfaces::learn);
        return interfaces;
    }

    /** Takes what {@code fact} tells; whether that is an interface not known before. */
    public boolean learn(InventoryFact fact) {
        return fact.isFunctionInterface() && learn(fact.account(), fact.id());
    }

    /** Takes the interface {@code id} of {@code account}; whether it was not known before. */
    public boolean learn(String account, String id) {
        return known.size() < MOST && known.add(key(account, id));
    }

    @Override
    public boolean test(Flow flow) {
        return !known.isEmpty() && known.contains(key(flow.account(), flow.interfaceId()));
    }

    private static String key(String account, String id) {
        return account + "/" + id;
    }
}
