package dev.tocsin.server.deliver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A receiver over HTTP that behaves as a test wants. */
public final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Behaviour behaviour = exchange -> status(exchange, 200);

    /** What came. */
    public record Got(String path, Map<String, List<String>> headers, String body) {

        /** The first value of a header. */
        public String header(String name) {
            for (Map.Entry<String, List<String>> one : headers.entrySet()) {
                if (one.getKey().equalsIgnoreCase(name)) {
                    return one.getValue().getFirst();
                }
            }
            return "";
        }
    }

    /** What it does with what came. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** One that answers 200. */
    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/findings";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(new Got(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
            behaviour.answer(exchange);
        }
    }

    /** From now on it does this. */
    public void does(Behaviour wanted) {
        behaviour = wanted;
    }

    /** Answers so. */
    public static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    /** Says 200 and that more comes, and ends. */
    public static void tornAnswer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write('x');
        exchange.getResponseBody().flush();
    }

    /** Answers 200 and never ends. */
    public void hugeAnswer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] some = new byte[1 << 16];
        try (OutputStream out = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
                out.write(some);
            }
        }
    }

    /** Answers nothing, until the test ends. */
    public void hang(HttpExchange exchange) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next that came, or a failure of the test. */
    public Got next() throws InterruptedException {
        Got one = got.poll(60, TimeUnit.SECONDS);
        Assertions.assertNotNull(one, "nothing came");
        return one;
    }

    /** What came and was not taken yet. */
    public List<Got> rest() {
        List<Got> all = new ArrayList<>();
        got.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
