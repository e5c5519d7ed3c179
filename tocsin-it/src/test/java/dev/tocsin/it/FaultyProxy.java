package dev.tocsin.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

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
        SLOW,
        /** The answer comes once all is well again. */
        HELD,
        /** The answer comes a little at a time, {@link #TRICKLE} in all. */
        TRICKLING
    }

    /** More than what a message is kept from others for at first, in parts that no client takes for silence. */
    static final Duration TRICKLE = Duration.ofSeconds(135);

    private static final int PARTS = 27;

    private static final long LATE_MILLIS = 1_500;

    private final String target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile Consumer<String> authorizations = authorization -> {};
    private volatile Fault fault = Fault.NONE;
    private volatile Predicate<String> where = request -> true;
    private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();
    private volatile CountDownLatch healed = new CountDownLatch(0);

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
        healed = new CountDownLatch(1);
        where = to;
        fault = what;
    }

    /** Does nothing wrong any more. */
    void heal() {
        fault = Fault.NONE;
        healed.countDown();
    }

    /** Passes on the bodies of requests, which are text, as {@code change} makes them. */
    void rewrite(UnaryOperator<String> change) {
        rewriting = change;
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
            if (now == Fault.HELD) {
                healed.await();
            }
            answer(exchange, ask(exchange), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofString(rewriting.apply(
                                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, Fault fault)
            throws IOException, InterruptedException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        answer.headers().map().forEach((name, values) -> {
            boolean length = head && name.equalsIgnoreCase("content-length");
            if (length || !NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), head || body.length == 0 ? -1 : body.length);
        if (head || body.length == 0) {
            return;
        }
        if (fault == Fault.TRICKLING) {
            trickle(body, exchange.getResponseBody());
        } else {
            exchange.getResponseBody().write(body, 0, fault == Fault.BROKEN ? body.length / 2 : body.length);
        }
    }

    private static void trickle(byte[] body, OutputStream out) throws IOException, InterruptedException {
        for (int part = 0; part < PARTS; part++) {
            Thread.sleep(TRICKLE.dividedBy(PARTS)); // the fault itself
            int from = body.length * part / PARTS;
            out.write(body, from, body.length * (part + 1) / PARTS - from);
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
