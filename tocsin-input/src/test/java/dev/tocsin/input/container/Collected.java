package dev.tocsin.input.container;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it gets, for tests, and short ways to read into it. */
final class Collected implements RecordSink {
    final List<Event> events = new ArrayList<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    long ignored;

    @Override
    public void accept(Event event) {
        events.add(event);
    }

    @Override
    public void ignore(long count, String reason) {
        ignored += count;
    }

    @Override
    public void reject(long position, String reason) {
        rejected.add(position + ": " + reason);
    }

    @Override
    public void note(long position, String text) {
        notes.add(position + ": " + text);
    }

    ObjectReport read(byte[] bytes, String name) {
        return read(new ByteArrayInputStream(bytes), name);
    }

    ObjectReport read(InputStream bytes, String name) {
        ParseContext context =
                new ParseContext(ObjectKey.parse(name).object(0, name, Long.MAX_VALUE), FieldPlan.NONE, null, null);
        try (ObjectReader reader = new ObjectReader()) {
            return reader.read(bytes, name, context, this);
        }
    }
}
