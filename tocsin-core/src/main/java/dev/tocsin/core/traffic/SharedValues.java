package dev.tocsin.core.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.LogObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects and texts that several records of a state entry share: each stands there once. */
public final class SharedValues {

    private SharedValues() {}

    /** An object, whole once, then by its number. */
    public static void object(LogObject object, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        if (isWritten(object, written, out)) {
            return;
        }
        out.writeStartArray();
        out.writeNumber(object.index());
        out.writeString(object.source());
        out.writeString(object.account());
        out.writeString(object.region());
        out.writeString(object.flowLog());
        out.writeNumber(object.deliveredAt());
        out.writeEndArray();
    }

    /** A text or null, whole once, then by its number. */
    public static void text(@Nullable String text, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        if (text == null) {
            out.writeNull();
        } else if (!isWritten(text, written, out)) {
            out.writeString(text);
        }
    }

    /** Writes the number of what was written before; else remembers it and says no. */
    private static boolean isWritten(Object value, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        Integer number = written.putIfAbsent(value, written.size());
        if (number != null) {
            out.writeNumber(number);
        }
        return number != null;
    }

    /** The value at the parser: an object or text, which is known from now on; one known; or null. */
    public static @Nullable Object read(List<Object> known, JsonParser in) throws IOException {
        Object value;
        switch (in.currentToken()) {
            case VALUE_NULL -> {
                return null;
            }
            case VALUE_NUMBER_INT -> {
                return known.get(in.getIntValue());
            }
            case START_ARRAY -> {
                value = new LogObject(
                        in.nextIntValue(0),
                        String.valueOf(in.nextTextValue()),
                        in.nextTextValue(),
                        in.nextTextValue(),
                        in.nextTextValue(),
                        in.nextLongValue(0));
                in.nextToken();
            }
            default -> value = in.getText();
        }
        known.add(value);
        return value;
    }
}
