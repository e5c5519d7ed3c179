package dev.tocsin.server.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assertions;

/** A server of S3 that answers what a test wants. What clients of S3 are configured by leads to it until it is closed. */
final class BucketServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> settings = new HashMap<>();
    private final BlockingQueue<Put> puts = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private volatile boolean there = true;

    /** What came: status is what was answered. */
    record Put(int status, String path, Map<String, List<String>> headers, List<String> lines) {}

    BucketServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        set("aws.endpointUrlS3", "http://127.0.0.1:" + server.getAddress().getPort());
        set("aws.accessKeyId", "test");
        set("aws.secretAccessKey", "test");
        set("aws.region", "eu-central-1");
    }

    private void set(String name, String value) {
        settings.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    /** From now on a put is answered so. */
    void answers(int wanted) {
        status = wanted;
    }

    /** From now on there is no bucket. */
    void isMissing() {
        there = false;
        status = 404;
    }

    /** The next put, or a failure of the test. */
    Put next() throws InterruptedException {
        Put put = puts.poll(30, TimeUnit.SECONDS);
        Assertions.assertNotNull(put, "nothing was sent");
        return put;
    }

    int waiting() {
        return puts.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int code = exchange.getRequestMethod().equals("PUT") ? status : there ? 200 : 404;
            if (exchange.getRequestMethod().equals("PUT")) {
                puts.add(new Put(
                        code,
                        exchange.getRequestURI().getPath(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        lines(body)));
            }
            boolean empty = code == 200 || exchange.getRequestMethod().equals("HEAD");
            byte[] error = ("<Error><Code>" + (code == 403 ? "AccessDenied" : "Fault") + "</Code></Error>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, empty ? -1 : error.length);
            if (!empty) {
                exchange.getResponseBody().write(error);
            }
        }
    }

    private static List<String> lines(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        settings.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
