package dev.tocsin.core.finding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with its members in order: the parts of a finding. Values are String, Long, Double, Boolean, {@code
 * Doc}, a {@link Form} or a List of these; a member that would be null is left out.
 */
public final class Doc {

    /** What stands for a {@code Doc} until it is written: a detector's own object, kept as it is from event to event. */
    public interface Form {
        /** It as it is written. */
        Doc toDoc();
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> members = new LinkedHashMap<>();

    /** An empty object. */
    public Doc() {}

    /** Sets {@code name}; null sets nothing, so absent facts need no test at the caller. Integers become longs. */
    public Doc with(String name, @Nullable Object value) {
        if (value instanceof Integer number) {
            members.put(name, number.longValue());
        } else if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** Sets all members of {@code other}. */
    public Doc withAll(Doc other) {
        members.putAll(other.members);
        return this;
    }

    /** The members in order; not to be changed. */
    public Map<String, Object> members() {
        return members;
    }

    /** The value of {@code name}, or null. */
    public @Nullable Object get(String name) {
        return members.get(name);
    }

    /** The text of {@code name}, or null if it is absent or no text. */
    public @Nullable String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /** The whole number of {@code name}, or {@code absent}. */
    public long number(String name, long absent) {
        return members.get(name) instanceof Long number ? number : absent;
    }

    /** Takes {@code name} away. */
    public Doc without(String name) {
        members.remove(name);
        return this;
    }

    /** The object at {@code path} (member names, one a level), or null. */
    public @Nullable Doc at(String... path) {
        Doc here = this;
        for (String name : path) {
            if (!(here.members.get(name) instanceof Doc next)) {
                return null;
            }
            here = next;
        }
        return here;
    }

    /** The object {@code name}, or an empty one. */
    public Doc part(String name) {
        Object value = members.get(name);
        if (value instanceof Form form) {
            return form.toDoc();
        }
        return value instanceof Doc doc ? doc : new Doc();
    }

    /** Whether it has no members. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Writes it as a JSON (or CBOR) object. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            writeValue(out, member.getValue());
        }
        out.writeEndObject();
    }

    private static void writeValue(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case Doc doc -> doc.write(out);
            case Form form -> form.toDoc().write(out);
            case String text -> out.writeString(text);
            case Long number -> out.writeNumber(number);
            case Double number -> writeDouble(out, number);
            case Boolean truth -> out.writeBoolean(truth);
            case List<?> list -> {
                out.writeStartArray();
                for (Object item : list) {
                    writeValue(
                            out, item instanceof Integer number ? Long.valueOf(number) : Objects.requireNonNull(item));
                }
                out.writeEndArray();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    /** Whole doubles without a fraction, as GuardDuty writes severities. */
    private static void writeDouble(JsonGenerator out, double number) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            out.writeNumber((long) number);
        } else {
            out.writeNumber(number);
        }
    }

    /**
     * Reads {@code json}, one object.
     *
     * @throws IOException if it is no JSON object
     */
    public static Doc parse(String json) throws IOException {
        try (JsonParser in = JSON.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            return read(in);
        }
    }

    /** Reads the object that {@code in} stands at the start of; nulls are left out. */
    public static Doc read(JsonParser in) throws IOException {
        Doc doc = new Doc();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            doc.with(name, readValue(in, in.nextToken()));
        }
        return doc;
    }

    private static @Nullable Object readValue(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> read(in);
            case START_ARRAY -> readList(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT ->
                in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) in.getDoubleValue()
                        : in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> null;
        };
    }

    private static List<Object> readList(JsonParser in) throws IOException {
        List<Object> list = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            Object value = readValue(in, token);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    /** It as JSON text. */
    public String toJson() {
        return json(this);
    }

    /** {@code list} of values as JSON text. */
    public static String listToJson(List<?> list) {
        return json(list);
    }

    private static String json(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            writeValue(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a string writer never fails", e);
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Doc doc && doc.members.equals(members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
