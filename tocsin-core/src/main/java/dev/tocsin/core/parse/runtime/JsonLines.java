package dev.tocsin.core.parse.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.ContentHash;
import dev.tocsin.core.parse.Json;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.RecordSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a tool that writes JSON objects. */
final class JsonLines implements ToolReader {

    /** Fills in what a tool's object says; without an action the line is of no use. */
    interface Form {
        /**
         * Fills in {@code draft}.
         *
         * @throws IllegalArgumentException if a member that every event needs is missing; the message says which
         */
        void fill(Doc line, HostDraft draft, Host host, Origin origin);

        /** Members that are passed over unread. */
        default Set<String> unread() {
            return Set.of();
        }
    }

    private final LogObject object;
    private final RecordSink sink;
    private final Form form;

    JsonLines(LogObject object, RecordSink sink, Form form) {
        this.object = object;
        this.sink = sink;
        this.form = form;
    }

    @Override
    public void line(byte[] buffer, int from, int to, long number, Host host) {
        Doc line;
        try (JsonParser json = Json.parser(buffer, from, to)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                sink.reject(number, "host event is no JSON object");
                return;
            }
            line = read(json, form.unread());
        } catch (IOException e) {
            sink.reject(
                    number,
                    "host event is no JSON object: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return;
        }
        Origin origin = new Origin(object, number, to - from + 1);
        HostDraft draft = new HostDraft();
        try {
            form.fill(line, draft, host, origin);
        } catch (IllegalArgumentException e) {
            sink.reject(number, host.tool() + " event: " + e.getMessage());
            return;
        }
        Action action = draft.action;
        if (action == null) {
            sink.ignore(1, NOT_READ);
        } else if (draft.millis < ParseLimits.EARLIEST_TIME * 1000) {
            sink.reject(number, host.tool() + " event without a time");
        } else {
            sink.accept(draft.event(action, origin, host, ContentHash.of(buffer, from, to)));
        }
    }

    /** Like {@link Doc#read}, but lenient with numbers beyond a long, which tools write for addresses. */
    private static Doc read(JsonParser json, Set<String> unread) throws IOException {
        Doc doc = new Doc();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (unread.contains(name)) {
                json.skipChildren();
            } else {
                doc.with(name, value(json, token, unread));
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("it ends in the middle");
        }
        return doc;
    }

    private static @Nullable Object value(JsonParser json, @Nullable JsonToken token, Set<String> unread)
            throws IOException {
        if (token == null) {
            throw new IOException("it ends in the middle");
        }
        return switch (token) {
            case START_OBJECT -> read(json, unread);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
                    Object value = value(json, item, unread);
                    if (value != null) {
                        list.add(value);
                    }
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getTextLength() <= 18 ? (Object) json.getLongValue() : json.getText();
            case VALUE_NUMBER_FLOAT -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> null;
        };
    }
}
