package dev.tocsin.server.feed;

import com.sun.net.httpserver.HttpExchange;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A MISP server as far as {@code /attributes/restSearch} goes (MISP 2.4 and 2.5). */
final class MispServer extends SmallServer {

    static final String KEY = "0123456789abcdef0123456789abcdef01234567";

    private final List<Doc> attributes = new ArrayList<>();

    /** Whether it answers the first page whatever is asked for. */
    boolean alwaysTheFirstPage;

    MispServer() throws IOException {}

    void add(Doc attribute) {
        attributes.add(attribute);
    }

    /** Its URL, as a configuration has it. */
    String feed() {
        return "misp+" + url();
    }

    @Override
    void answer(HttpExchange exchange) throws IOException {
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 403, "application/json", "{\"message\":\"Authentication failed.\"}");
            return;
        }
        if (!exchange.getRequestURI().getPath().equals("/attributes/restSearch")
                || !exchange.getRequestMethod().equals("POST")) {
            send(exchange, 404, "application/json", "{\"message\":\"no\"}");
            return;
        }
        Doc question = body(exchange);
        List<?> types = (List<?>) question.get("type");
        int limit = (int) question.number("limit", 10);
        long page = alwaysTheFirstPage ? 1 : question.number("page", 1);
        List<Doc> found = attributes.stream()
                .filter(one -> types == null || types.contains(one.text("type")))
                .filter(one ->
                        question.get("to_ids") == null || question.get("to_ids").equals(one.get("to_ids")))
                .skip((page - 1) * limit)
                .limit(limit)
                .toList();
        send(
                exchange,
                200,
                "application/json",
                new Doc().with("response", new Doc().with("Attribute", found)).toJson());
    }
}
