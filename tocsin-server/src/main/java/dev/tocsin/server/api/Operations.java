package dev.tocsin.server.api;

import dev.tocsin.server.api.contract.Contract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The handlers by operation. */
public final class Operations {

    private final Contract contract;
    private final Map<String, Handler> handlers = new HashMap<>();

    /** None yet, for the operations of {@code contract}. */
    public Operations(Contract contract) {
        this.contract = contract;
    }

    /** Adds the handler of {@code operation}. */
    public Operations on(String operation, Handler handler) {
        if (!contract.operations().containsKey(operation)) {
            throw new IllegalArgumentException("no operation " + operation + " in " + contract.source());
        }
        if (handlers.put(operation, handler) != null) {
            throw new IllegalArgumentException("two handlers for " + operation);
        }
        return this;
    }

    /** The handler of {@code operation}, or null. */
    @Nullable
    Handler handler(String operation) {
        return handlers.get(operation);
    }

    /** Operations of the contract without a handler, in order. */
    public Set<String> missing() {
        Set<String> missing = new TreeSet<>(contract.operations().keySet());
        missing.removeAll(handlers.keySet());
        return missing;
    }
}
