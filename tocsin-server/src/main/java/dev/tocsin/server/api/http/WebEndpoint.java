package dev.tocsin.server.api.http;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The web server, and its limits on what strangers send. All paths go to one handler that sees them raw: the server's own
 * patterns would take the %2F of an ARN in a path for a slash.
 */
public final class WebEndpoint implements AutoCloseable {

    /** Largest body taken, in bytes; GuardDuty's largest request, a filter of 50 attributes, has some 100 KB. */
    public static final int MOST_BODY = 1 << 20;

    /** Longest request line, in bytes: UntagResource names up to 200 tags in its query. */
    private static final int LONGEST_LINE = 64 << 10;

    /** All headers, in bytes: Firehose may send 50 common attributes of 1,280 characters and a key of 4 KiB. */
    private static final int MOST_HEADERS = 96 << 10;

    /** What the server itself refuses, in bytes: a little more than the largest body, so that the refusal is ours. */
    private static final long LARGEST_BODY = 2L * LargeBodies.MOST_BODY;

    private static final int MOST_CONNECTIONS = 1_024;
    private static final int MOST_AT_ONCE = 256;

    /** What a body may take to arrive, however steadily it trickles. */
    private static final Duration WHOLE_BODY = Duration.ofSeconds(60);

    private static final int BUFFER = 16 << 10;

    private final WebServer server;

    private WebEndpoint(WebServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any that is free
     * @param tls what it proves itself with, or null for plain HTTP
     * @param large answers requests of large bodies
     * @param streams answers requests by streams of events
     * @throws BindException if the address or port cannot be had
     */
    public static WebEndpoint start(
            InetAddress address,
            int port,
            @Nullable SSLContext tls,
            LargeBodies large,
            EventStreams streams,
            Function<ApiRequest, ApiAnswer> handler)
            throws BindException {
        requireFree(address, port);
        WebServerConfig.Builder builder = WebServer.builder()
                .address(address)
                .port(port)
                .shutdownHook(false)
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxConcurrentRequests(MOST_AT_ONCE)
                .maxPayloadSize(LARGEST_BODY)
                .contentEncoding(encoding ->
                        encoding.contentEncodingsDiscoverServices(false).addContentEncoding(new PackedBodies()))
                .directHandlers(RequestsNotRead.handlers())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new TimelyConnections(Http1Config.builder()
                        .maxPrologueLength(LONGEST_LINE)
                        .maxHeadersSize(MOST_HEADERS)
                        .build()))
                .routing(routing -> routing.any((request, response) -> {
                    TimelyReader.headIsThere();
                    try {
                        ApiRequest head = request(request, new byte[0]);
                        if (streams.isFor(head)) {
                            stream(head, streams, response);
                        } else {
                            send(answer(request, large, handler), response);
                        }
                    } finally {
                        TimelyReader.isAnswered();
                    }
                }));
        if (tls != null) {
            builder.tls(Tls.builder().sslContext(tls).build());
        }
        WebServer server = builder.build().start();
        if (!server.isRunning()) {
            throw taken(address, port);
        }
        return new WebEndpoint(server);
    }

    /**
     * Tries whether it could be listened on, and stops at once: the server itself tells of a failure by a stack trace.
     *
     * @param port 0 for any that is free
     * @throws BindException if the address or port cannot be had
     */
    public static void requireFree(InetAddress address, int port) throws BindException {
        try (ServerSocket tried = new ServerSocket()) {
            tried.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw taken(address, port);
        }
    }

    private static BindException taken(InetAddress address, int port) {
        return new BindException("cannot listen on " + address.getHostAddress() + ":" + port
                + ": another program does, or it is not this machine's; --listen HOST:PORT names another");
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    private static ApiAnswer answer(ServerRequest request, LargeBodies large, Function<ApiRequest, ApiAnswer> handler) {
        try {
            if (large.isFor(request.prologue().uriPath().rawPath())) {
                return large(request, large);
            }
            return handler.apply(request(request, body(request)));
        } catch (ApiException e) {
            return dev.tocsin.server.api.Api.refusal(e, UUID.randomUUID().toString());
        }
    }

    private static void stream(ApiRequest head, EventStreams streams, ServerResponse response) {
        try {
            switch (streams.open(head)) {
                case EventStreams.Refused refused -> send(refused.answer(), response);
                case EventStreams.Stream stream -> {
                    response.status(Status.OK_200);
                    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
                    response.header(HeaderNames.CACHE_CONTROL, "no-store");
                    response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
                    response.header(HeaderNames.create("X-Accel-Buffering"), "no"); // a proxy must not collect them
                    try (OutputStream out = response.outputStream()) {
                        stream.writeTo(out);
                    }
                }
            }
        } catch (ApiException e) {
            send(dev.tocsin.server.api.Api.refusal(e, UUID.randomUUID().toString()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiAnswer large(ServerRequest request, LargeBodies large) {
        ApiRequest head = request(request, new byte[0]);
        if (!request.content().hasEntity()) {
            return large.answer(head, InputStream.nullInputStream());
        }
        HeardStream body = new HeardStream(request.content().inputStream());
        ApiAnswer answer = large.answer(head, body);
        if (body.isBroken()) {
            throw new CloseConnectionException("a body that did not come whole");
        }
        return answer;
    }

    private static ApiRequest request(ServerRequest request, byte[] body) {
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
                body,
                peer(request.remotePeer().address()));
    }

    private static String peer(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress()
                : address.toString();
    }

    /** The body; who does not send it whole is hung up on: the server would wait for the rest before it answers. */
    private static byte[] body(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        if (request.headers().contentLength().orElse(0) > MOST_BODY) {
            throw tooLarge();
        }
        try {
            return bytes(new HeardStream(request.content().inputStream()));
        } catch (IOException e) {
            throw new CloseConnectionException("a body that did not come whole", e);
        }
    }

    private static byte[] bytes(InputStream in) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > MOST_BODY) {
                throw tooLarge();
            }
            if (System.nanoTime() - start > WHOLE_BODY.toNanos()) {
                throw ApiException.badRequest("The body of the request took more than a minute.");
            }
        }
        return bytes.toByteArray();
    }

    private static ApiException tooLarge() {
        return ApiException.badRequest("The body of the request has more than " + MOST_BODY + " bytes.");
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
