package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/** One thing that happened, as a detector sees it. */
public sealed interface Event permits ApiCall, Flow, HostEvent, NameQuery {

    /** When it happened by the log's own clock, in epoch seconds; the only clock detectors know. */
    long at();

    /** The AWS account it happened in, twelve digits, or {@link #UNKNOWN}. */
    String account();

    /** The Region it happened in, or {@link #UNKNOWN}. */
    String region();

    /** Where the record stands in the logs. */
    Origin origin();

    /** Stands for an account or Region that neither record, key, inventory nor option names. */
    String UNKNOWN = "unknown";

    /** Gives itself to {@code taker}: what a switch over the kinds does, at the cost of one call, for what runs a record. */
    void giveTo(Taker taker);

    /** Takes each kind of event its own way. */
    interface Taker {
        /** Takes an API call. */
        void call(ApiCall call);

        /** Takes a flow. */
        void flow(Flow flow);

        /** Takes a name query. */
        void query(NameQuery query);

        /** Takes an event of a host. */
        void host(HostEvent event);
    }

    /** Whether {@code value} names something, rather than standing for the unknown. */
    static boolean known(@Nullable String value) {
        return value != null && !value.equals(UNKNOWN);
    }
}
