package dev.tocsin.server.inspect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import java.util.List;
import java.util.Locale;

/** One event in words. */
final class Told {

    private Told() {}

    /** What happened in {@code event}, in one line. */
    static String line(Event event) {
        return switch (event) {
            case ApiCall call -> call(call);
            case Flow flow -> flow(flow);
            case NameQuery query -> query(query);
            case HostEvent host -> host(host);
        };
    }

    /** What may be new about {@code event}: each with its kind. */
    static List<String> features(Event event) {
        return switch (event) {
            case ApiCall call -> List.of("call " + api(call), "source " + source(call), "Region " + call.region());
            case Flow flow ->
                List.of("connection " + address(flow.sourceHigh(), flow.sourceLow()) + " > "
                        + address(flow.targetHigh(), flow.targetLow()) + ":"
                        + Math.min(flow.sourcePort(), flow.targetPort()));
            case NameQuery query -> List.of("name " + query.name());
            case HostEvent host -> List.of("program " + host.process().path());
        };
    }

    private static String call(ApiCall call) {
        return api(call) + " in " + call.region() + " as " + call.identity().displayName() + " from " + source(call)
                + (call.failed() ? ": " + call.errorCode() : "");
    }

    private static String api(ApiCall call) {
        return call.service().replace(".amazonaws.com", "") + ":" + call.action();
    }

    private static String source(ApiCall call) {
        return call.caller() == null ? "nowhere named" : call.caller().text();
    }

    private static String flow(Flow flow) {
        return address(flow.sourceHigh(), flow.sourceLow()) + ":" + flow.sourcePort() + " > "
                + address(flow.targetHigh(), flow.targetLow()) + ":" + flow.targetPort() + " protocol "
                + flow.protocol()
                + (flow.rejected() ? " rejected, " : ", ") + flow.packets() + " packets, " + flow.bytes() + " bytes";
    }

    private static String address(long high, long low) {
        return new Address(high, low).toString();
    }

    private static String host(HostEvent event) {
        String program = event.process().path() == null
                ? String.valueOf(event.process().name())
                : event.process().path();
        String done = event.action().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (event.query() != null) {
            return program + " " + query(event.query());
        }
        String peer = event.peer() == null
                ? ""
                : " " + event.peer().address() + ":" + event.peer().port();
        return program + " (pid " + event.process().pid() + ") " + done
                + (event.path() == null ? "" : " " + event.path()) + peer + (event.failed() ? ": refused" : "");
    }

    private static String query(NameQuery query) {
        String answers = String.join(
                ", ",
                query.answers().stream().map(NameQuery.Answer::data).limit(3).toList());
        return "asks " + query.type() + " " + query.name() + (query.blocked() ? " (blocked)" : "") + ": "
                + (answers.isEmpty() ? query.responseCode() : answers);
    }
}
