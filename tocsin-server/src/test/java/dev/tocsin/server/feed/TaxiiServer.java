package dev.tocsin.server.feed;

import com.sun.net.httpserver.HttpExchange;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A TAXII 2.1 server (OASIS, 10 June 2021): discovery, an API root, collections, objects by pages, for one user. */
final class TaxiiServer extends SmallServer {

    static final String COLLECTION = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";
    private static final String MEDIA = "application/taxii+json;version=2.1";

    /** What was asked for, path and query. */
    final List<String> asked = new ArrayList<>();

    private final List<Doc> objects = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final int pageSize;

    /** Collections that may be read beside {@link #COLLECTION}. */
    int others;

    /** Whether pages name the next one; else clients go on by added_after, as the standard allows. */
    boolean namesNext = true;

    TaxiiServer(int pageSize) throws IOException {
        this.pageSize = pageSize;
    }

    /** Adds an object at a time of the server's. */
    void add(String time, Doc object) {
        objects.add(object);
        added.add(time);
    }

    /** The URL of the collection, as a configuration has it. */
    String collection() {
        return "taxii+" + url() + "/api1/collections/" + COLLECTION + "/";
    }

    @Override
    void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        String user = "Basic " + Base64.getEncoder().encodeToString("u:p".getBytes(StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        if (!user.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, MEDIA, "{\"title\":\"no\"}");
        } else if (!String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                .equals(MEDIA)) {
            send(exchange, 406, MEDIA, "{\"title\":\"Accept\"}");
        } else if (path.equals("/taxii2/")) {
            Doc discovery =
                    new Doc().with("title", "t").with("api_roots", List.of("/api1/", "http://192.0.2.1/other/"));
            send(exchange, 200, MEDIA, discovery.toJson());
        } else if (path.equals("/api1/")) {
            send(exchange, 200, MEDIA, "{\"title\":\"r\",\"versions\":[\"" + MEDIA + "\"],\"max_content_length\":9}");
        } else if (path.equals("/api1/collections/")) {
            send(exchange, 200, MEDIA, collections().toJson());
        } else if (path.equals("/api1/collections/" + COLLECTION + "/objects/")) {
            objects(exchange);
        } else {
            send(exchange, 404, MEDIA, "{\"title\":\"none\"}");
        }
    }

    private Doc collections() {
        List<Doc> all = new ArrayList<>();
        all.add(new Doc().with("id", COLLECTION).with("title", "one").with("can_read", true));
        all.add(new Doc().with("id", "w").with("title", "write only").with("can_read", false));
        for (int i = 0; i < others; i++) {
            all.add(new Doc().with("id", "o" + i).with("title", "other").with("can_read", true));
        }
        return new Doc().with("collections", all);
    }

    private void objects(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        String after = query.getOrDefault("added_after", "");
        int from = Integer.parseInt(query.getOrDefault("next", "0"));
        List<Integer> matching = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            String type = query.get("match[type]");
            if (added.get(i).compareTo(after) > 0
                    && (type == null || type.equals(objects.get(i).text("type")))) {
                matching.add(i);
            }
        }
        List<Integer> page =
                matching.subList(Math.min(from, matching.size()), Math.min(matching.size(), from + pageSize));
        Doc envelope = new Doc();
        if (from + pageSize < matching.size()) {
            envelope.with("more", true).with("next", namesNext ? String.valueOf(from + pageSize) : null);
        }
        if (!page.isEmpty()) {
            envelope.with("objects", page.stream().map(objects::get).toList());
            exchange.getResponseHeaders().set("X-TAXII-Date-Added-First", added.get(page.getFirst()));
            exchange.getResponseHeaders().set("X-TAXII-Date-Added-Last", added.get(page.getLast()));
        }
        send(exchange, 200, MEDIA, envelope.toJson());
    }
}
