package dev.tocsin.server.serve;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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
}
