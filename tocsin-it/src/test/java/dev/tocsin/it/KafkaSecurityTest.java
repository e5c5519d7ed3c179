package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

/** A real Kafka that speaks TLS and wants a login by SCRAM, as a source and as a destination. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class KafkaSecurityTest {

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

    private static Map<String, String> settings(boolean right, boolean trusting) {
        Map<String, String> settings = new HashMap<>(KafkaBroker.secureLogin(right));
        if (trusting) {
            settings.put("ssl.truststore.location", broker.certificate().toString());
        } else {
            settings.remove("ssl.truststore.type");
        }
        return settings;
    }

    private RunningService reading(String topic, Map<String, String> settings) throws IOException {
        SourceConfig source = SourceConfig.kafka("bus", List.of(topic), broker.secureAddress());
        return RunningService.watching(folder, TrailLogs.ACCOUNT, source.setting(settings));
    }

    @Test
    void aTopicIsRead() throws IOException, InterruptedException, ExecutionException {
        broker.topic("trail", 1);
        try (RunningService service = reading("trail", settings(true, true));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 1");
            broker.send("trail", 0, TrailLogs.stop("main", Instant.now()).getBytes(StandardCharsets.UTF_8));
            while (client.listFindings(request -> request.detectorId(detector))
                            .findingIds()
                            .size()
                    < 2) { // the class's timeout ends it
                Thread.onSpinWait();
            }
            service.awaitMetric("tocsin_records_total{source=\"bus\",result=\"accepted\"} 1");
        }
    }

    @Test
    void aWrongPasswordIsSaid() throws IOException, InterruptedException, ExecutionException {
        broker.topic("guarded", 1);
        try (RunningService service = reading("guarded", settings(false, true))) {
            service.awaitHealth("do not take the credentials");
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 0");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsSaid() throws IOException, InterruptedException, ExecutionException {
        broker.topic("doubted", 1);
        try (RunningService service = reading("doubted", settings(true, false))) {
            service.awaitHealth("credentials or certificate (SSL handshake failed");
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 0");
        }
    }

    @Test
    void findingsLeave() throws IOException, InterruptedException, ExecutionException {
        broker.topic("findings", 1);
        Doc properties = new Doc();
        settings(true, true).forEach(properties::with);
        Doc destination = new Doc()
                .with("name", "bus")
                .with("type", "kafka")
                .with("brokers", List.of(broker.secureAddress()))
                .with("topic", "findings")
                .with("properties", properties);
        Set<String> made;
        Set<String> arrived = new HashSet<>();
        try (RunningService service = RunningService.sending(folder, destination);
                GuardDutyClient client = service.client(Region.US_EAST_1);
                KafkaConsumer<String, String> reader = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.address(), "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            reader.assign(List.of(new TopicPartition("findings", 0)));
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            client.createSampleFindings(request -> request.detectorId(detector)
                    .findingTypes("Policy:IAMUser/RootCredentialUsage", "Stealth:IAMUser/CloudTrailLoggingDisabled"));
            made = Set.copyOf(
                    client.listFindings(request -> request.detectorId(detector)).findingIds());
            assertEquals(2, made.size());
            while (!arrived.containsAll(made)) { // the class's timeout ends it
                reader.poll(Duration.ofSeconds(1)).forEach(record -> arrived.add(record.key()));
            }
            assertTrue(service.get("/metrics").body().matches("(?s).*tocsin_destination_up\\{[^}]*} 1\n.*"));
        }
    }
}
