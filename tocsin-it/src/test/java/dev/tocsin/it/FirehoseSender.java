package dev.tocsin.it;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Delivers records to a receiver as Amazon Data Firehose's HTTP endpoint delivery, version 1.0, does: some together in a
 * request, packed with gzip, sent again under the same id until it is answered as the protocol says. Only its pauses are
 * shorter.
 */
final class FirehoseSender {

    /** Pause before the first repetition, in milliseconds; each further one is twice as long. */
    private static final int FIRST_PAUSE_MILLIS = 50;

    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> service;
    private final String path;
    private final String key;
    private final String stream;

    /** A request that is to be delivered. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Request(String id, byte[] packed) {}

    /**
     * Delivers to {@code path} of {@code service}, which may move between two tries.
     *
     * @param stream the ARN of the delivery stream
     */
    FirehoseSender(Supplier<URI> service, String path, String key, String stream) {
        this.service = service;
        this.path = path;
        this.key = key;
        this.stream = stream;
    }

    /** A request of {@code records} with an id of its own. */
    static Request request(List<byte[]> records) throws IOException {
        String id = UUID.randomUUID().toString();
        List<Doc> list = new ArrayList<>();
        for (byte[] record : records) {
            list.add(new Doc().with("data", Base64.getEncoder().encodeToString(record)));
        }
        Doc body = new Doc()
                .with("requestId", id)
                .with("timestamp", Instant.now().toEpochMilli())
                .with("records", list);
        return new Request(id, TrailLogs.gzip(body.toJson()));
    }

    /** Sends {@code request} until it is accepted. */
    void deliver(Request request) throws InterruptedException, IOException {
        int pause = FIRST_PAUSE_MILLIS;
        while (!isAccepted(request)) {
            new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS);
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private boolean isAccepted(Request request) throws InterruptedException, IOException {
        HttpResponse<String> answer;
        try {
            answer = send(request);
        } catch (IOException e) {
            return false; // nobody listens, or it ended meanwhile
        }
        if (answer.statusCode() == 413) {
            throw new AssertionError("given up: " + answer.body());
        }
        return answer.statusCode() == 200 && isAsTheProtocolSays(answer, request);
    }

    /** Sends {@code request} once. */
    HttpResponse<String> send(Request request) throws IOException, InterruptedException {
        HttpRequest http1 = HttpRequest.newBuilder(URI.create(service.get() + path))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("X-Amz-Firehose-Protocol-Version", "1.0")
                .header("X-Amz-Firehose-Request-Id", request.id())
                .header("X-Amz-Firehose-Source-Arn", stream)
                .header("X-Amz-Firehose-Access-Key", key)
                .header("X-Amz-Firehose-Common-Attributes", "{\"commonAttributes\":{\"stage\":\"test\"}}")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.packed()))
                .build();
        return http.send(http1, HttpResponse.BodyHandlers.ofString());
    }

    private static boolean isAsTheProtocolSays(HttpResponse<String> answer, Request request) throws IOException {
        Doc body = Doc.parse(answer.body());
        return answer.headers().firstValue("Content-Type").orElse("").equals("application/json")
                && answer.headers().firstValue("Content-Encoding").isEmpty()
                && answer.headers().firstValueAsLong("Content-Length").isPresent()
                && request.id().equals(body.text("requestId"))
                && body.number("timestamp", 0) > 0;
    }
}
