package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Findings that leave by destinations of our own, to real servers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DeliveryTest {

    private static final String TYPE = "Policy:IAMUser/RootCredentialUsage";

    private static LoopbackAws aws;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        aws = new LoopbackAws();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    /** Makes a sample finding; its id. */
    private static String sample(RunningService service) throws IOException {
        try (GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            client.createSampleFindings(request -> request.detectorId(detector).findingTypes(TYPE));
            return client.listFindings(request -> request.detectorId(detector))
                    .findingIds()
                    .getFirst();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"findings", "findings.fifo"})
    void aFindingIsAMessageOfAQueue(String name) throws IOException {
        String queue = aws.sqs
                .createQueue(request -> request.queueName(name)
                        .attributes(name.endsWith(".fifo") ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of()))
                .queueUrl();
        Doc destination = new Doc().with("name", "queue").with("type", "sqs").with("queue", queue);
        try (RunningService service = RunningService.sending(folder, destination)) {
            String id = sample(service);
            List<Message> messages = List.of();
            while (messages.isEmpty()) { // the class's timeout ends it
                messages = aws.sqs
                        .receiveMessage(request -> request.queueUrl(queue)
                                .waitTimeSeconds(1)
                                .messageAttributeNames("All")
                                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                        .messages();
            }
            Message message = messages.getFirst();
            Doc event = Doc.parse(message.body());
            assertEquals(id, event.part("detail").text("id"));
            assertEquals(TYPE, message.messageAttributes().get("type").stringValue());
            assertTrue(
                    message.messageAttributes().get("tocsin-id").stringValue().startsWith(id + "-"));
            if (name.endsWith(".fifo")) {
                assertEquals(id, message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
            }
        }
    }

    @Test
    void aQueueThatIsNotThereIsSaid() throws IOException, InterruptedException {
        String queue = aws.queue("gone");
        aws.sqs.deleteQueue(request -> request.queueUrl(queue));
        Doc destination = new Doc().with("name", "queue").with("type", "sqs").with("queue", queue);
        try (RunningService service = RunningService.sending(folder, destination)) {
            sample(service);
            service.awaitMetric("tocsin_destination_up{destination=\"queue\"");
            while (!service.get("/metrics").body().matches("(?s).*tocsin_destination_up\\{[^}]*} 0\n.*")) {
                Thread.onSpinWait();
            }
        }
    }
}
