package dev.tocsin.input.order;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.input.container.ObjectReport;
import org.jspecify.annotations.Nullable;

/** The logs that move the watermark, each with how late its records may come. */
public enum LogKind {
    /** API calls. */
    CLOUDTRAIL(30),
    /** Flows of interfaces, functions' among them. */
    FLOW(20),
    /** Resolver queries. */
    DNS(15),
    /** Events of hosts. */
    RUNTIME(5);

    private final long latenessSeconds;

    LogKind(long latenessMinutes) {
        latenessSeconds = latenessMinutes * 60;
    }

    /** How far behind the log's clock a record is still awaited, in seconds of event time (design: Order). */
    public long latenessSeconds() {
        return latenessSeconds;
    }

    /** The log that {@code event} is of. */
    public static LogKind of(Event event) {
        if (event instanceof ApiCall) { // asked for each record: a switch over types costs more
            return CLOUDTRAIL;
        }
        if (event instanceof Flow) {
            return FLOW;
        }
        return event instanceof HostEvent ? RUNTIME : DNS;
    }

    /** The log that objects of {@code kind} hold, or null if they hold no events that are awaited. */
    public static @Nullable LogKind of(ObjectReport.Kind kind) {
        return switch (kind) {
            case CLOUDTRAIL -> CLOUDTRAIL;
            case VPCFLOW, LAMBDA -> FLOW;
            case DNS -> DNS;
            case RUNTIME -> RUNTIME;
            case NOTIFICATION, UNKNOWN -> null;
        };
    }
}
