package dev.tocsin.core.parse;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPath;
import java.util.ArrayList;
import java.util.List;

/** A sink that writes down what it gets, in a form that can be compared. */
final class Kept implements RecordSink {
    final List<String> lines = new ArrayList<>();
    final List<Event> events = new ArrayList<>();

    @Override
    public void accept(Event event) {
        events.add(event);
        lines.add("accept " + shown((ApiCall) event));
    }

    @Override
    public void ignore(long count, String reason) {
        lines.add("ignore " + count + " " + reason);
    }

    @Override
    public void reject(long position, String reason) {
        lines.add("reject " + position + " " + reason);
    }

    @Override
    public void note(long position, String text) {
        lines.add("note " + position + " " + text);
    }

    /** Everything a call says. */
    static String shown(ApiCall call) {
        StringBuilder text = new StringBuilder();
        text.append(call.at()).append('|').append(call.account()).append('|').append(call.region());
        text.append('|').append(call.origin().position()).append('|').append(call.eventId());
        text.append('|').append(call.contentHash()).append('|').append(call.service());
        text.append('|').append(call.action()).append('|').append(call.identity());
        text.append('|').append(call.caller()).append('|').append(call.userAgent());
        text.append('|').append(call.errorCode()).append('|').append(call.eventType());
        text.append('|').append(call.category()).append('|').append(call.readOnly());
        text.append('|').append(call.sharedEventId()).append('|').append(call.vpcEndpointId());
        text.append('|').append(call.vpcEndpointOwner());
        for (FieldPath path : call.plannedFields()) {
            text.append('|').append(path.text()).append('=').append(call.field(path));
        }
        return text.toString();
    }
}
