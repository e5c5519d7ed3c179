package dev.tocsin.flink.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.Settings;
import dev.tocsin.flink.TocsinJob;
import dev.tocsin.flink.job.Local;
import dev.tocsin.flink.sink.FolderSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a real Kafka give what the files give, in every wrapping, however often a record was delivered. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class KafkaLogsTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(1)
            .build());

    private static final String TRAIL = "../samples/AWSLogs/210987654321/CloudTrail";

    @TempDir
    static Path kafka;

    private static Broker broker;

    @TempDir
    Path said;

    @BeforeAll
    static void start() throws Exception {
        broker = Broker.start(kafka);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aTopicGivesWhatTheFilesGiveHoweverOftenARecordCame() throws Exception {
        broker.topic("trail", 2);
        fill("trail");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(2);
        flink.enableCheckpointing(500);
        TocsinJob.read(flink, Settings.of(List.of("kafka://" + broker.address() + "/trail")))
                .sinkTo(new FolderSink(said.toUri().toString()));
        flink.execute();
        List<Doc> lines = Local.said(said);
        List<String> expected =
                Local.heads(Local.expected(Settings.of(List.of(TRAIL))).findings());
        assertFalse(expected.isEmpty());
        assertEquals(expected, Local.heads(Local.findings(lines)));
        Map<String, String> rows = Local.rows(lines);
        assertTrue(rows.keySet().stream().allMatch(name -> name.startsWith("kafka://trail/")), rows::toString);
        assertTrue(rows.toString().contains("duplicates=") && rows.toString().contains("rejected=1"), rows::toString);
    }

    @Test
    void aTopicThatIsNotThereIsSaid() {
        try (KafkaLogs logs = new KafkaLogs()) {
            IOException missing =
                    assertThrows(IOException.class, () -> logs.list("kafka://" + broker.address() + "/none"));
            assertTrue(String.valueOf(missing.getMessage()).contains("none"), missing::getMessage);
            IOException wrong = assertThrows(IOException.class, () -> logs.list("kafka://" + broker.address()));
            assertTrue(String.valueOf(wrong.getMessage()).contains("expected kafka://"), wrong::getMessage);
        }
    }

    /** Each object is a record: as it lies there, unpacked, or in CloudWatch's wrapping; many come twice, some much later. */
    private static void fill(String topic) throws IOException, InterruptedException, ExecutionException {
        List<byte[]> sent = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of(TRAIL))) {
            files = all.filter(Files::isRegularFile)
                    .sorted((one, other) -> one.getFileName()
                            .toString()
                            .compareTo(other.getFileName().toString()))
                    .toList();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Path file : files) {
                byte[] value = switch (sent.size() % 3) {
                    case 0 -> Files.readAllBytes(file);
                    case 1 -> unpacked(file);
                    default -> subscribed(unpacked(file));
                };
                sent.add(value);
                producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
                if (sent.size() % 2 == 0) {
                    producer.send(new ProducerRecord<>(topic, 0, null, value)).get();
                }
            }
            producer.send(new ProducerRecord<>(topic, 0, null, "no log".getBytes(StandardCharsets.UTF_8)))
                    .get();
            producer.send(new ProducerRecord<>(topic, 1, null, sent.getLast())).get();
        }
    }

    private static byte[] unpacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return plain.readAllBytes();
        }
    }

    private static byte[] subscribed(byte[] document) throws IOException {
        List<Doc> events = new ArrayList<>();
        if (Doc.parse(new String(document, StandardCharsets.UTF_8)).get("Records") instanceof List<?> records) {
            records.forEach(one ->
                    events.add(new Doc().with("id", "1").with("timestamp", 1).with("message", ((Doc) one).toJson())));
        }
        Doc wrapped = new Doc()
                .with("messageType", "DATA_MESSAGE")
                .with("owner", "210987654321")
                .with("logGroup", "trail")
                .with("logStream", "1")
                .with("subscriptionFilters", List.of("all"))
                .with("logEvents", events);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(wrapped.toJson().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
