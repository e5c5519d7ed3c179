package dev.tocsin.flink.wire;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.engine.NameFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;

/** Kinds of events, in the order in which hosts hand their signals to desks. */
public enum Kind {
    /** API calls, by account. */
    CALLS,
    /** Flows, by interface. */
    FLOWS,
    /** Name queries, by host. */
    QUERIES,
    /** What processes of hosts do, by host. */
    HOSTS;

    private static final Kind[] BY_NUMBER = values();

    /** Stands for the kind in what is written; never changes. */
    public int number() {
        return switch (this) {
            case CALLS -> 0;
            case FLOWS -> 1;
            case QUERIES -> 2;
            case HOSTS -> 3;
        };
    }

    static Kind of(int number) {
        return BY_NUMBER[number];
    }

    /** The kind of {@code event}. */
    static Kind of(Event event) {
        return switch (event) {
            case ApiCall call -> CALLS;
            case Flow flow -> FLOWS;
            case NameQuery query -> QUERIES;
            case HostEvent done -> HOSTS;
        };
    }

    /** The engine's key of {@code event}. */
    static String key(Event event) {
        return switch (event) {
            case ApiCall call -> AccountFunction.key(call);
            case Flow flow -> InterfaceFunction.key(flow);
            case NameQuery query -> NameFunction.key(query);
            case HostEvent done -> done.host().key();
        };
    }
}
