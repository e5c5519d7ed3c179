package dev.tocsin.flink.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real Kafka in a process of its own, while a test runs. */
final class Broker implements AutoCloseable {

    private final Process process;
    private final int port;

    private Broker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Broker start(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        int voter = freePort();
        Path settings = Files.writeString(
                folder.resolve("broker.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.listener.names=CONTROLLER
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                auto.create.topics.enable=false
                """.formatted(port, voter, folder.resolve("log")));
        java(folder, "kafka.tools.StorageTool", "format", "-t", "Zmxpbmstc291cmNlLTAwMQ", "-c", settings.toString())
                .waitFor();
        return new Broker(java(folder, "kafka.Kafka", settings.toString()), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process java(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Makes a topic, as soon as the broker is up. */
    void topic(String name, int partitions) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address(), "default.api.timeout.ms", "120000"))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
