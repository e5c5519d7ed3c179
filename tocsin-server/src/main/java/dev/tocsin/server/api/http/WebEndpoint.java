package dev.tocsin.server.api.http;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The web server. All paths go to one handler that sees them raw: the server's own patterns would take the %2F of an ARN in
 * a path for a slash.
 */
public final class WebEndpoint implements AutoCloseable {

    /** Largest body taken, in bytes; GuardDuty's largest request, a filter of 50 attributes, has some 100 KB. */
    public static final int MOST_BODY = 1 << 20;

    private static final int MOST_CONNECTIONS = 1_024;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final WebServer server;

    private WebEndpoint(WebServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any that is free
     */
    public static WebEndpoint start(InetAddress address, int port, Function<ApiRequest, ApiAnswer> handler) {
        WebServer server = WebServer.builder()
                .address(address)
                .port(port)
                .shutdownHook(false)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxPayloadSize(MOST_BODY)
                .idleConnectionTimeout(IDLE)
                .protocolsDiscoverServices(true)
                .routing(routing -> routing.any((request, response) -> {
                    ApiAnswer answer = handler.apply(request(request));
                    send(answer, response);
                }))
                .build()
                .start();
        return new WebEndpoint(server);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    private static ApiRequest request(ServerRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (Header header : request.headers()) {
            headers.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
        }
        headers.putIfAbsent("host", List.of(request.authority()));
        return new ApiRequest(
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                headers,
                body(request));
    }

    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(ApiAnswer answer, ServerResponse response) {
        response.status(Status.create(answer.status()));
        answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.send(answer.body());
    }

    /** Stops listening; requests under way are finished. */
    @Override
    public void close() {
        server.stop();
    }
}
