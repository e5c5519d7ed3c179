package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** Findings that leave to topics of a real Kafka. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class KafkaDeliveryTest {

    private static final int PARTITIONS = 3;

    @TempDir
    static Path kafka;

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        broker = KafkaBroker.started(kafka);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Doc destination(String topic) {
        return new Doc()
                .with("name", "bus")
                .with("type", "kafka")
                .with("brokers", List.of(broker.address()))
                .with("topic", topic);
    }

    private static KafkaConsumer<String, String> reader(String topic) {
        KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        reader.assign(IntStream.range(0, PARTITIONS)
                .mapToObj(one -> new TopicPartition(topic, one))
                .toList());
        return reader;
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** What the administrator is told by {@code tocsin destinations}. */
    private String told(RunningService service, String... arguments) throws IOException, InterruptedException {
        return told(service, Map.of(), arguments);
    }

    private String told(RunningService service, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ServiceProcess.CLASSPATH,
                "dev.tocsin.server.command.TocsinCommand",
                "destinations"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--server", service.endpoint()));
        Map<String, String> environment = new HashMap<>(service.environment("us-east-1"));
        environment.putAll(variables);
        return Command.run(folder, command, environment);
    }

    @Test
    void aFindingIsARecordUnderItsOwnKey() throws IOException, InterruptedException, ExecutionException {
        broker.topic("findings", PARTITIONS);
        try (RunningService service = RunningService.in(folder);
                GuardDutyClient client = service.client(Region.US_EAST_1);
                KafkaConsumer<String, String> reader = reader("findings")) {
            String id = told(
                            service,
                            "add",
                            "name=bus",
                            "type=kafka",
                            "brokers=" + broker.address(),
                            "topic=findings",
                            "types=Policy:",
                            "properties.compression.type=none")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            String answer = told(service, "test", id);
            assertTrue(answer.contains("Kafka took it in findings, partition "), answer);
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            client.createSampleFindings(
                    request -> request.detectorId(detector).findingTypes("Policy:IAMUser/RootCredentialUsage"));
            String finding = client.listFindings(request -> request.detectorId(detector))
                    .findingIds()
                    .getFirst();
            ConsumerRecord<String, String> record = await(reader, finding);
            assertEquals(finding, Doc.parse(record.value()).part("detail").text("id"));
            assertTrue(header(record, "tocsin-id").startsWith(finding + "-"));
            assertEquals("Policy:IAMUser/RootCredentialUsage", header(record, "type"));
            assertEquals("eventbridge", header(record, "format"));
            assertEquals("application/json", header(record, "content-type"));
        }
    }

    @Test
    void aLoginIsTakenOrSaidToBeWrong() throws IOException, InterruptedException, ExecutionException {
        broker.topic("guarded", PARTITIONS);
        try (RunningService service = RunningService.in(folder)) {
            for (boolean right : List.of(true, false)) {
                String id = told(
                                service,
                                Map.of("KAFKA_LOGIN", KafkaBroker.login(right)),
                                "add",
                                "name=login " + right,
                                "type=kafka",
                                "brokers=" + broker.loginAddress(),
                                "topic=guarded",
                                "properties.security.protocol=SASL_PLAINTEXT",
                                "properties.sasl.mechanism=PLAIN",
                                "properties.sasl.jaas.config=env:KAFKA_LOGIN")
                        .lines()
                        .findFirst()
                        .orElseThrow();
                if (right) {
                    assertTrue(told(service, "test", id).contains("Kafka took it in guarded, partition "));
                } else {
                    AssertionError refused = assertThrows(AssertionError.class, () -> told(service, "test", id));
                    assertTrue(
                            String.valueOf(refused.getMessage()).contains("do not take the credentials"),
                            refused.getMessage());
                }
            }
        }
    }

    private static ConsumerRecord<String, String> await(KafkaConsumer<String, String> reader, String key) {
        while (true) { // the class's timeout ends it
            for (ConsumerRecord<String, String> record : reader.poll(Duration.ofSeconds(1))) {
                if (key.equals(record.key())) {
                    return record;
                }
            }
        }
    }

    @Test
    void whatWaitsWhileABrokerIsAwayArrivesOnceItIsBack() throws IOException, InterruptedException, ExecutionException {
        broker.topic("shaky", PARTITIONS);
        Set<String> findings = new HashSet<>();
        try (RunningService service = RunningService.sending(folder, destination("shaky"))) {
            broker.stop();
            findings.addAll(samples(service, Region.US_EAST_1));
            awaitUp(service, 0);
            broker.start();
            try (KafkaConsumer<String, String> reader = reader("shaky")) {
                while (reader.poll(Duration.ofSeconds(1)).isEmpty()) {
                    // the class's timeout ends it
                }
            }
            awaitUp(service, 1);
            broker.stop(); // while it is being sent to
            findings.addAll(samples(service, Region.EU_CENTRAL_1));
            awaitUp(service, 0);
            broker.start();
            awaitNoneWaiting(service);
        }
        assertTrue(findings.size() > 100, () -> findings.size() + " findings");
        checkArrived(findings, all("shaky"));
    }

    /** Makes a sample of each type in {@code region}; their ids. */
    private static List<String> samples(RunningService service, Region region) throws IOException {
        try (GuardDutyClient client = service.client(region)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            client.createSampleFindings(request -> request.detectorId(detector));
            return client.listFindingsPaginator(request -> request.detectorId(detector)).stream()
                    .flatMap(page -> page.findingIds().stream())
                    .toList();
        }
    }

    private static void awaitUp(RunningService service, int up) throws IOException, InterruptedException {
        while (!service.get("/metrics").body().matches("(?s).*tocsin_destination_up\\{[^}]*} " + up + "\n.*")) {
            Thread.onSpinWait();
        }
    }

    private void awaitNoneWaiting(RunningService service) throws IOException, InterruptedException {
        while (!told(service, "list").contains("waiting 0, dead 0")) {
            Thread.onSpinWait();
        }
    }

    /** All records of {@code topic}, each partition in its order. */
    private static List<ConsumerRecord<String, String>> all(String topic)
            throws InterruptedException, ExecutionException {
        long records = broker.ends(topic, PARTITIONS).values().stream()
                .mapToLong(Long::parseLong)
                .sum();
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        try (KafkaConsumer<String, String> reader = reader(topic)) {
            while (all.size() < records) {
                reader.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
        }
        return all;
    }

    /** Nothing is lost, an id that comes twice brings the same, and a finding never goes back. */
    private static void checkArrived(Set<String> findings, List<ConsumerRecord<String, String>> records) {
        Map<String, String> bodies = new HashMap<>();
        Map<String, Long> revisions = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            String id = header(record, "tocsin-id");
            long revision = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
            assertEquals(bodies.computeIfAbsent(id, none -> record.value()), record.value(), id);
            assertEquals(partitions.computeIfAbsent(record.key(), none -> record.partition()), record.partition());
            Long before = revisions.put(record.key(), revision);
            assertTrue(before == null || before <= revision, () -> id + " after " + before);
        }
        Set<String> lost = new HashSet<>(findings);
        lost.removeAll(revisions.keySet());
        assertEquals(Set.of(), lost);
    }

    @Test
    void aTopicThatIsNotThereIsSaid() throws IOException, InterruptedException, ExecutionException {
        try (RunningService service = RunningService.sending(folder, destination("late"))) {
            samples(service, Region.US_EAST_1);
            awaitUp(service, 0);
            String list = told(service, "list");
            assertTrue(list.contains("Kafka at " + broker.address() + ": there is no topic late"), list);
            broker.topic("late", PARTITIONS);
            awaitNoneWaiting(service);
        }
    }
}
