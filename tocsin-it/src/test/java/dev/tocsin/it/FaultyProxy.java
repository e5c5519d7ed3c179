package dev.tocsin.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Stands before a real server and passes everything on, but for what a test has it do wrong. */
final class FaultyProxy implements AutoCloseable {

    /** What the JDK's client sets itself, and what belongs to one connection. */
    private static final Set<String> NOT_PASSED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

    /** What is done to a request. */
    enum Fault {
        NONE,
        /** 503, as S3 answers when it is overloaded. */
        UNAVAILABLE,
        /** The answer breaks off in its middle. */
        BROKEN,
        /** The answer comes late. */
        SLOW
    }

    private static final long LATE_MILLIS = 1_500;

    private final String target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile Consumer<String> authorizations = authorization -> {};
    private volatile Fault fault = Fault.NONE;
    private volatile Predicate<String> where = request -> true;

    FaultyProxy(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Does {@code what} to requests, told as {@code METHOD /path}, that {@code to} holds of. */
    void play(Fault what, Predicate<String> to) {
        where = to;
        fault = what;
    }

    /** Does nothing wrong any more. */
    void heal() {
        fault = Fault.NONE;
    }

    /** Lets {@code to} know under what authorization requests come. */
    void listen(Consumer<String> to) {
        authorizations = to;
    }

    /** How often something went wrong so far. */
    int faults() {
        return faults.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Fault now = where.test(exchange.getRequestMethod() + " " + exchange.getRequestURI()) ? fault : Fault.NONE;
            authorizations.accept(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (now != Fault.NONE) {
                faults.incrementAndGet();
            }
            if (now == Fault.UNAVAILABLE) {
                byte[] body = "<Error><Code>ServiceUnavailable</Code></Error>".getBytes(StandardCharsets.UTF_8);
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(503, head ? -1 : body.length);
                exchange.getResponseBody().write(head ? new byte[0] : body);
                return;
            }
            if (now == Fault.SLOW) {
                Thread.sleep(LATE_MILLIS); // the fault itself; nobody waits here for anything
            }
            answer(exchange, ask(exchange), now == Fault.BROKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, boolean broken) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        answer.headers().map().forEach((name, values) -> {
            boolean length = head && name.equalsIgnoreCase("content-length");
            if (length || !NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body, 0, broken ? body.length / 2 : body.length);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
