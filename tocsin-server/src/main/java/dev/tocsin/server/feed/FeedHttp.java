package dev.tocsin.server.feed;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Asks feeds' servers. */
final class FeedHttp {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient client;

    private FeedHttp(HttpClient.Redirect redirects) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(redirects)
                .build();
    }

    /** For what anybody may ask. */
    static FeedHttp open() {
        return new FeedHttp(HttpClient.Redirect.NORMAL);
    }

    /** For requests with a secret: a server cannot send it on to another. */
    static FeedHttp secret() {
        return new FeedHttp(HttpClient.Redirect.NEVER);
    }

    /** A request to {@code uri}, to be completed. */
    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER).header("User-Agent", "tocsin");
    }

    /**
     * A request that carries a secret.
     *
     * @throws IOException if others could read it on the way
     */
    static HttpRequest.Builder secretRequest(URI uri) throws IOException {
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !THIS_MACHINE.contains(uri.getHost())) {
            throw new IOException("a secret is not sent over plain http; use https");
        }
        return request(uri);
    }

    /**
     * The answer to {@code request}, whatever its status.
     *
     * @throws IOException if there is none; the message is for people
     */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(request.uri().getHost() + " cannot be reached: " + why, e);
        }
    }
}
