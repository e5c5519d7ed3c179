package dev.tocsin.server.agent;

import dev.tocsin.server.config.AgentConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Runs an agent until the process is ended. It is started without the command line's classes, which would take half of the memory that
 * an agent may take.
 */
public final class AgentMain {

    private AgentMain() {}

    /** {@code agent --config FILE}, as the launcher passes it on. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path config = Path.of(arguments[arguments.length - 1]);
        try {
            run(config, System.err::println);
        } catch (ConfigException e) {
            System.err.println(Plain.text(String.valueOf(e.getMessage())));
            System.exit(2);
        }
    }

    /**
     * Runs the agent that {@code config} describes.
     *
     * @param told takes lines for people
     * @throws ConfigException if the configuration is not as it must be
     */
    public static void run(Path config, Consumer<String> told)
            throws ConfigException, IOException, InterruptedException {
        String version = AgentMain.class.getPackage().getImplementationVersion();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AgentSetup setup =
                new AgentSetup(ConfigFile.read(config, AgentConfig.class), System.getenv(), InstantSource.system());
        try (Agent agent =
                setup.agent(version == null ? "development" : version, line -> told.accept(Plain.text(line)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.countDown();
                try {
                    ended.await(); // what came is put on disk before the process goes
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            agent.run(stop);
        } finally {
            ended.countDown();
        }
    }
}
