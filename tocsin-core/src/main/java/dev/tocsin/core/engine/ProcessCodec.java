package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.process.ProcessEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A process as an array of its members in their order. */
final class ProcessCodec implements StateKind.Codec<ProcessEntry> {

    @Override
    public void write(ProcessEntry entry, JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(entry.pid());
        out.writeNumber(entry.parentPid());
        out.writeNumber(entry.namespacePid());
        out.writeNumber(entry.startedAt());
        out.writeNumber(entry.seenAt());
        out.writeNumber(entry.userId());
        out.writeNumber(entry.effectiveUserId());
        text(entry.path(), out);
        text(entry.name(), out);
        text(entry.commandLine(), out);
        text(entry.directory(), out);
        text(entry.sha256(), out);
        text(entry.container(), out);
        out.writeNumber(entry.marks());
        out.writeNumber(entry.socket());
        text(entry.peer(), out);
        out.writeNumber(entry.connectedAt());
        out.writeEndArray();
    }

    private static void text(@Nullable String text, JsonGenerator out) throws IOException {
        if (text == null) {
            out.writeNull();
        } else {
            out.writeString(text);
        }
    }

    @Override
    public ProcessEntry read(JsonParser in, int version) throws IOException {
        in.nextToken();
        ProcessEntry entry = new ProcessEntry(
                in.nextIntValue(0),
                in.nextIntValue(0),
                in.nextIntValue(0),
                in.nextLongValue(0),
                in.nextLongValue(0),
                in.nextLongValue(-1),
                in.nextLongValue(-1),
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                in.nextIntValue(0),
                in.nextLongValue(-1),
                text(in),
                in.nextLongValue(0));
        in.nextToken();
        return entry;
    }

    private static @Nullable String text(JsonParser in) throws IOException {
        return in.nextToken() == JsonToken.VALUE_STRING ? in.getText() : null;
    }
}
