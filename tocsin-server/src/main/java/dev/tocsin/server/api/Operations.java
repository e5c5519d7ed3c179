package dev.tocsin.server.api;

import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
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

    /** Puts something around handlers: {@code around} gives what is to stand in a handler's place. */
    public void wrap(BiFunction<Operation, Handler, Handler> around) {
        handlers.replaceAll((name, handler) ->
                around.apply(Objects.requireNonNull(contract.operations().get(name)), handler));
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
