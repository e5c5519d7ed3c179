package dev.tocsin.core.parse;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what name query readers give it. */
final class Collected implements RecordSink {

    final List<NameQuery> queries = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    void clear() {
        queries.clear();
        rejected.clear();
        notes.clear();
    }

    static ParseContext context() {
        return new ParseContext(LogObject.named("test"), FieldPlan.NONE, null, null);
    }

    /** What a reader makes of {@code json} by the way {@code general} or the quick one. */
    static Collected of(String json, boolean general) {
        Collected sink = new Collected();
        NameQueryReader reader = new NameQueryReader(context(), sink);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        boolean known = general ? reader.general(bytes, 0, bytes.length, 7) : reader.record(bytes, 0, bytes.length, 7);
        if (!known) {
            sink.notes.add("not ours");
        }
        return sink;
    }

    @Override
    public void accept(Event event) {
        queries.add((NameQuery) event);
    }

    @Override
    public void ignore(long count, String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void reject(long position, String reason) {
        rejected.add(position + ": " + reason);
    }

    @Override
    public void note(long position, String text) {
        notes.add(position + ": " + text);
    }

    @Override
    public String toString() {
        return queries + " " + rejected + " " + notes;
    }
}
