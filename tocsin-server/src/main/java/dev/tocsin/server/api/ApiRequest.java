package dev.tocsin.server.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over HTTP.
 *
 * @param rawPath as sent, escapes and all: an ARN in a path keeps its %2F
 * @param rawQuery as sent, without the question mark; empty if there is none
 * @param headers by name in lower case
 * @param peer address of who sent it, without the port
 */
@SuppressWarnings("ArrayRecordComponent") // one owner, never compared
public record ApiRequest(
        String method, String rawPath, String rawQuery, Map<String, List<String>> headers, byte[] body, String peer) {

    /** The first value of the header {@code name}, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
