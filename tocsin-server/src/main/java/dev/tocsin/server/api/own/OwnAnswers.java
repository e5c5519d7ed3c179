package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests read and answers written, of what GuardDuty has no word for. */
final class OwnAnswers {

    private OwnAnswers() {}

    static ApiAnswer json(int status, Doc body) {
        return json(status, body, Map.of());
    }

    /** The same with further headers. Nobody may keep it or take it for something else. */
    static ApiAnswer json(int status, Doc body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("Cache-Control", "no-store");
        all.put("X-Content-Type-Options", "nosniff");
        return new ApiAnswer(status, all, body.toJson().getBytes(StandardCharsets.UTF_8));
    }

    static ApiAnswer message(int status, String message) {
        return json(status, new Doc().with("message", message));
    }

    static ApiAnswer text(String type, String body) {
        return new ApiAnswer(200, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The body of {@code request}.
     *
     * @throws ApiException if it is no JSON object
     */
    static Doc body(ApiRequest request) {
        try {
            return Doc.parse(new String(request.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ApiException.badRequest("The body of the request is no JSON object.");
        }
    }

    /**
     * The body of {@code request}, of {@code known} members alone: a name misspelt would be taken for one left out.
     *
     * @throws ApiException if it is no JSON object, or has another member
     */
    static Doc body(ApiRequest request, String... known) {
        Doc body = body(request);
        body.members().keySet().stream()
                .filter(name -> !List.of(known).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.invalid(
                            name, "There is no such member; there are " + String.join(", ", known) + ".");
                });
        return body;
    }

    /**
     * The parameters of the query, each once.
     *
     * @throws ApiException if one is none of {@code known}, or is not escaped as it must be
     */
    static Map<String, String> parameters(ApiRequest request, List<String> known) {
        Map<String, String> parameters = new HashMap<>();
        String query = request.rawQuery();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int sign = pair.indexOf('=');
            String name = sign < 0 ? pair : pair.substring(0, sign);
            if (sign < 0 || !known.contains(name)) {
                String last = known.getLast();
                String others = String.join(", ", known.subList(0, known.size() - 1));
                throw ApiException.invalid(
                        name, "Expected " + (others.isEmpty() ? last : others + " or " + last) + ".");
            }
            try {
                parameters.put(name, URLDecoder.decode(pair.substring(sign + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid(name, "Expected an escaped text: " + e.getMessage());
            }
        }
        return parameters;
    }
}
