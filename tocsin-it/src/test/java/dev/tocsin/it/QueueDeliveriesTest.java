package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** How often a message of a real SQS server is delivered, and what becomes of one that comes again and again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class QueueDeliveriesTest {

    /** What a message is kept from others for at first (docs/sources.md). */
    private static final Duration HIDDEN = Duration.ofMinutes(2);

    private LoopbackAws aws;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        aws = new LoopbackAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private static String message(String bucket, String key) {
        return "{\"s3Bucket\":\"" + bucket + "\",\"s3ObjectKey\":[\"" + key + "\"]}";
    }

    private RunningService watching(String queue) throws IOException {
        return RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("trail", queue));
    }

    @Test
    void aMessageWhoseObjectTakesLongIsNobodyElses() throws IOException, InterruptedException {
        aws.bucket("slow");
        String queue = aws.queue("slow");
        Instant now = Instant.now();
        String key = TrailLogs.key(now, "one");
        aws.put("slow", key, TrailLogs.stopped("main", now));
        try (FaultyProxy proxy = new FaultyProxy(aws.s3Endpoint())) {
            aws.s3Through(proxy.endpoint());
            proxy.play(FaultyProxy.Fault.TRICKLING, request -> request.startsWith("GET /slow/AWSLogs"));
            try (RunningService service = watching(queue);
                    GuardDutyClient client = service.client(Region.US_EAST_1)) {
                client.createDetector(request -> request.enable(true));
                aws.send(queue, message("slow", key));
                while (proxy.faults() == 0) { // it has the message and asks for the object; the timeout ends it
                    Thread.onSpinWait();
                }
                long asked = System.nanoTime();
                while (aws.messages(queue) > 0) {
                    assertEquals(
                            List.of(),
                            aws.sqs
                                    .receiveMessage(
                                            request -> request.queueUrl(queue).waitTimeSeconds(5))
                                    .messages(),
                            "a rival is given nothing");
                }
                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                assertTrue(took.compareTo(HIDDEN) > 0, took::toString);
                service.awaitMetric("tocsin_messages_total{source=\"trail\",result=\"done\"} 1");
                assertFalse(service.get("/metrics").body().contains("result=\"redelivered\"} 1"));
                assertEquals(1, proxy.faults(), "the object is asked for once");
                assertEquals(1, row("s3://slow/" + key).number("accepted", 0));
                assertEquals(0, row("s3://slow/" + key).number("duplicates", -1));
            }
        }
    }

    @Test
    void aMessageIsSetAsideAtItsFifthDelivery() throws IOException, InterruptedException {
        aws.bucket("gone");
        String queue = aws.queue("gone");
        try (FaultyProxy proxy = new FaultyProxy(aws.sqsEndpoint())) {
            // What is given back comes again after 2, 4, 6 and 8 minutes: here at once.
            proxy.rewrite(body -> body.contains("\"Entries\"")
                    ? body.replaceAll("\"VisibilityTimeout\":\\d+", "\"VisibilityTimeout\":0")
                    : body);
            aws.sqsThrough(proxy.endpoint());
            try (RunningService service = watching(queue)) {
                String key = TrailLogs.key(Instant.now(), "none");
                String id = aws.sqs
                        .sendMessage(request -> request.queueUrl(queue).messageBody(message("gone", key)))
                        .messageId();
                service.awaitMetric("tocsin_messages_total{source=\"trail\",result=\"set aside\"} 1");
                service.awaitMetric("tocsin_messages_total{source=\"trail\",result=\"redelivered\"} 4");
                service.awaitMetric("tocsin_alarms{source=\"trail\",kind=\"set-aside\"} 1");
                while (aws.messages(queue) > 0) { // it does not come a sixth time; the timeout ends it
                    Thread.onSpinWait();
                }
                Doc aside = row(queue + "/" + id);
                assertEquals("refused", aside.text("status"));
                assertEquals(
                        "names what cannot be had: s3://gone/" + key + "; set aside as set-aside/" + id
                                + ".txt, delivered 5 times",
                        aside.text("message"));
                assertEquals(message("gone", key), Files.readString(folder.resolve("data/set-aside/" + id + ".txt")));
                assertTrue(service.get("/tocsin/v1/health/ready").body().contains("\"messagesSetAside\":1"));
            }
        }
    }

    private Doc row(String source) throws IOException {
        Doc row = RunningService.ledgerRow(folder, source);
        assertNotNull(row, source);
        return row;
    }
}
