package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.FindingState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The engine's functions with the lists of the account and Region that an event is of. What is known may change between
 * two checkpoints: the functions hold no state, so others take their place.
 */
final class ScopedFunctions {

    private static final String ANYWHERE = "";

    private final Predicate<FindingState> hidden;
    private volatile Map<String, Functions> byScope;

    /** Functions that know {@code knowledge}; what is {@code hidden} is no signal of an attack sequence. */
    ScopedFunctions(Knowledge knowledge, Predicate<FindingState> hidden) {
        this.hidden = hidden;
        byScope = functions(knowledge);
    }

    private Map<String, Functions> functions(Knowledge knowledge) {
        Map<String, Functions> functions = new HashMap<>();
        functions.put(ANYWHERE, Functions.of(knowledge.everywhere(), hidden, null));
        knowledge.byScope().forEach((scope, services) -> functions.put(scope, Functions.of(services, hidden, null)));
        return functions;
    }

    /** From the next event on, this is known. */
    void know(Knowledge knowledge) {
        byScope = functions(knowledge);
    }

    /** Functions that ask those of the event's scope. */
    Functions functions() {
        return new Functions(
                new Scoped<>(Functions::account),
                new Scoped<>(Functions::networkInterface),
                new Scoped<>(Functions::names),
                new Scoped<>(Functions::hosts),
                of(ANYWHERE).desk());
    }

    private Functions of(String scope) {
        Map<String, Functions> now = byScope;
        Functions functions = now.get(scope);
        return functions != null ? functions : Objects.requireNonNull(now.get(ANYWHERE), "always there");
    }

    private final class Scoped<I extends Event> implements KeyedFunction<I> {
        private final Function<Functions, KeyedFunction<I>> part;

        Scoped(Function<Functions, KeyedFunction<I>> part) {
            this.part = part;
        }

        @Override
        public void onElement(I element, KeyContext context, Output out) {
            part.apply(of(element.account() + "/" + element.region())).onElement(element, context, out);
        }

        /** A key begins with its account, then its Region if it has one. */
        @Override
        public void onTimer(long at, KeyContext context, Output out) {
            String[] parts = context.key().split("/", 3);
            String scope = parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
            part.apply(of(scope)).onTimer(at, context, out);
        }
    }
}
