package dev.tocsin.it;

import dev.tocsin.server.security.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka, broker and controller in one process of this machine, which can be stopped and started again. */
final class KafkaBroker implements AutoCloseable {

    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg";

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String PASSWORD = "s3 cret";

    private final Path folder;
    private final int port;
    private final int loginPort;
    private final int securePort;
    private Process process;

    private KafkaBroker(Path folder, int port, int loginPort, int securePort) {
        this.folder = folder;
        this.port = port;
        this.loginPort = loginPort;
        this.securePort = securePort;
    }

    /** A new one that keeps its data in {@code folder}. */
    static KafkaBroker started(Path folder) throws IOException, InterruptedException {
        KafkaBroker broker = new KafkaBroker(folder, freePort(), freePort(), freePort());
        Path settings = broker.settings();
        Files.createDirectories(folder);
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.listener.names", "CONTROLLER",
                "log.dirs", folder.resolve("log").toString(),
                "offsets.topic.replication.factor", "1",
                "auto.create.topics.enable", "false",
                "log.retention.check.interval.ms", "1000",
                "group.initial.rebalance.delay.ms", "0"));
        int controller = freePort();
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + broker.port + ",SASL_PLAINTEXT://127.0.0.1:" + broker.loginPort
                        + ",SASL_SSL://127.0.0.1:" + broker.securePort + ",CONTROLLER://127.0.0.1:" + controller);
        properties.put(
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL");
        properties.put("sasl.enabled.mechanisms", "PLAIN");
        properties.put("listener.name.sasl_ssl.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", SCRAM + " required;");
        properties.put("listener.name.sasl_ssl.ssl.keystore.type", "PEM");
        properties.put(
                "listener.name.sasl_ssl.ssl.keystore.location", broker.proof().toString());
        properties.put(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                PLAIN + " required user_tocsin=\"" + PASSWORD + "\";");
        try (var out = Files.newOutputStream(settings)) {
            properties.store(out, null);
        }
        broker.java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        CLUSTER,
                        "-c",
                        settings.toString(),
                        "--add-scram",
                        "SCRAM-SHA-512=[name=tocsin,password=" + PASSWORD + "]")
                .waitFor();
        broker.start();
        return broker;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    private Process java(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                ServiceProcess.CLASSPATH));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    /** Starts it again, with all that it had. */
    void start() throws IOException, InterruptedException {
        process = java("kafka.Kafka", settings().toString());
        while (true) { // the test's timeout ends it
            try (Admin admin = admin()) {
                admin.describeCluster().nodes().get();
                return;
            } catch (ExecutionException e) {
                if (!process.isAlive()) {
                    throw new IOException("no broker: " + Files.readString(folder.resolve("broker.log")), e);
                }
            }
        }
    }

    /** Ends it, as an operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Where it listens. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Where it listens to those that log in. */
    String loginAddress() {
        return "127.0.0.1:" + loginPort;
    }

    /** Where it listens, with TLS, to those that log in by SCRAM-SHA-512. */
    String secureAddress() {
        return "127.0.0.1:" + securePort;
    }

    /** The certificate of {@link #secureAddress}, as PEM. */
    Path certificate() {
        return SelfSigned.certificate(folder);
    }

    /** Key and certificate in one file, made when it is not there. */
    private Path proof() throws IOException {
        SelfSigned.in(folder, "127.0.0.1", Instant.now(), new SecureRandom());
        return Files.writeString(
                folder.resolve("proof.pem"),
                Files.readString(folder.resolve("tls-key.pem")) + Files.readString(certificate()));
    }

    /** How clients log in at {@link #secureAddress}, but for whom they trust; another than {@code right} has a wrong password. */
    static Map<String, String> secureLogin(boolean right) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                SCRAM + " required username=\"tocsin\" password=\"" + (right ? PASSWORD : "wrong") + "\";",
                "ssl.truststore.type",
                "PEM");
    }

    /** The login of the only user, as clients are set; another than {@code right} has a wrong password. */
    static String login(boolean right) {
        return PLAIN + " required username=\"tocsin\" password=\"" + (right ? PASSWORD : "wrong") + "\";";
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address(), "default.api.timeout.ms", "40000"));
    }

    void topic(String name, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    void partitions(String topic, int count) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count)))
                    .all()
                    .get();
        }
    }

    /** Deletes what lies before {@code offset}, as retention does. */
    void deleteBefore(String topic, int partition, long offset) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Where the topic's partitions end, as the product names them. */
    Map<String, String> ends(String topic, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            return admin
                    .listOffsets(IntStream.range(0, partitions)
                            .boxed()
                            .collect(Collectors.toMap(
                                    one -> new TopicPartition(topic, one), one -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            one -> topic + "/" + one.getKey().partition(),
                            one -> Long.toString(one.getValue().offset())));
        }
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends one record and waits until it is kept. */
    void send(String topic, int partition, byte[] value) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
