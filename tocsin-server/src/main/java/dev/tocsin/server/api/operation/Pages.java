package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Lists in pages, as every List operation has them. */
public final class Pages {

    private static final int USUAL = 50;

    private Pages() {}

    /**
     * The page of {@code all} that {@code call} asks for. A page begins behind the last entry of the one before, by its key:
     * what is added or taken away meanwhile shifts nothing.
     *
     * @param member under which the answer lists the entries
     * @param key of an entry, unique; entries are in an order that stays
     * @param written an entry as the answer shows it
     */
    static <T> Doc page(Call call, String member, List<T> all, Function<T, String> key, Function<T, ?> written) {
        int limit = (int) call.input().number("maxResults", USUAL);
        String token = call.text("nextToken");
        List<T> rest = token.isEmpty() ? all : behind(all, key, decode(token));
        List<T> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = page.size() == rest.size() ? "" : encode(key.apply(page.getLast()));
        return new Doc().with(member, page.stream().map(written).toList()).with("nextToken", next);
    }

    private static <T> List<T> behind(List<T> all, Function<T, String> key, String last) {
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(last)) {
                return all.subList(i + 1, all.size());
            }
        }
        throw ApiException.invalid("nextToken", "");
    }

    /** {@code place} as a token, which no client is to read. */
    public static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place in {@code token}.
     *
     * @throws ApiException if it is no token
     */
    public static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("nextToken", "");
        }
    }
}
