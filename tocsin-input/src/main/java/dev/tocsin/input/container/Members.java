package dev.tocsin.input.container;

import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.parse.Json;
import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.ValueScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object, each with the place of its value; of a name that stands twice the last. */
final class Members {

    private static final int MOST = 256;
    private static final int LONGEST_NAME = 64;

    private final byte[] bytes;
    private final Map<String, int[]> places = new LinkedHashMap<>();

    private Members(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The members of the object between {@code from} and {@code to}, or null if it is none. */
    static @Nullable Members of(byte[] bytes, int from, int to) {
        Members members = new Members(bytes);
        return members.read(from, to) ? members : null;
    }

    private boolean read(int from, int to) {
        int at = JsonBytes.skipBlanks(bytes, from, to);
        if (at >= to || bytes[at] != '{') {
            return false;
        }
        at = JsonBytes.skipBlanks(bytes, at + 1, to);
        while (at < to && bytes[at] != '}') {
            at = bytes[at] == ',' ? at + 1 : member(at, to);
            if (at < 0) {
                return false;
            }
            at = JsonBytes.skipBlanks(bytes, at, to);
        }
        return at < to;
    }

    private int member(int at, int to) {
        ValueScanner scanner = new ValueScanner();
        scanner.start();
        int nameEnd = bytes[at] == '"' ? scanner.scan(bytes, at, to) : -1;
        if (nameEnd < 0) {
            return -1;
        }
        int colon = JsonBytes.skipBlanks(bytes, nameEnd, to);
        if (colon >= to || bytes[colon] != ':') {
            return -1;
        }
        int value = JsonBytes.skipBlanks(bytes, colon + 1, to);
        scanner.start();
        int end = scanner.scan(bytes, value, to);
        if (end >= 0 && nameEnd - at <= LONGEST_NAME && places.size() < MOST) {
            places.put(new String(bytes, at + 1, nameEnd - at - 2, StandardCharsets.UTF_8), new int[] {value, end});
        }
        return end;
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    Set<String> names() {
        return places.keySet();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Begin and end of a member's value, or null. */
    int @Nullable [] place(String name) {
        return places.get(name);
    }

    /** A member that is an object, or null. */
    @Nullable
    Members object(String name) {
        int[] place = places.get(name);
        return place == null ? null : of(bytes, place[0], place[1]);
    }

    /** A member that is a scalar as text, or null. */
    @Nullable
    String text(String name) {
        int[] place = places.get(name);
        return place == null ? null : text(bytes, place[0], place[1]);
    }

    /** The scalar between two places as text; null for anything else. */
    static @Nullable String text(byte[] bytes, int from, int to) {
        try (JsonParser json = Json.parser(bytes, from, to)) {
            json.nextToken();
            return json.currentToken() == null ? null : Json.scalar(json);
        } catch (IOException e) {
            return null;
        }
    }
}
