package dev.tocsin.core.detect.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that stands in a field, and the habit of policies to write one value instead of a list. */
public final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** The object that {@code text} is, empty if it is none. */
    public static Doc object(@Nullable String text) {
        if (text == null) {
            return new Doc();
        }
        try (JsonParser parser = JSON.createParser(text)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? Doc.read(parser) : new Doc();
        } catch (IOException e) {
            return new Doc();
        }
    }

    /** The objects of the list (or the one object) that {@code text} is. */
    public static List<Doc> objectsIn(@Nullable String text) {
        return text == null
                ? List.of()
                : objects(object("{\"list\":" + text + "}").get("list"));
    }

    /** The objects of {@code value}: itself, or the members of a list. */
    public static List<Doc> objects(@Nullable Object value) {
        return many(value).stream()
                .filter(Doc.class::isInstance)
                .map(Doc.class::cast)
                .toList();
    }

    /** {@code value} as text, for a look whether something stands in it. */
    public static String shown(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : Doc.listToJson(List.of(value));
    }

    /** {@code value} as a list: itself if it is one, none if it is null, else alone. */
    static List<Object> many(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of(value);
    }

    /** {@code value} as texts. */
    public static List<String> texts(@Nullable Object value) {
        return many(value).stream().map(String::valueOf).toList();
    }

    /** The member of {@code doc} whose name is {@code name} in any case, or null. */
    public static @Nullable Object member(Doc doc, String name) {
        for (Map.Entry<String, Object> member : doc.members().entrySet()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return null;
    }
}
