package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.command.TocsinCommand;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.deliver.Receiver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** {@code tocsin selftest --live} through a service, from a folder to a receiver. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LiveSelftestTest extends ServiceFixture {

    private static final String REGION_SETTING = "aws.region";

    @SuppressWarnings("NullAway.Init")
    private Receiver receiver;

    private final String regionBefore = System.getProperty(REGION_SETTING, "");

    @Override
    ServiceOptions options() {
        ServiceOptions.Watch nothing = ServiceOptions.Watch.NOTHING;
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(SourceConfig.folder("drop", logs().toString())),
                Set.of(),
                Set.of(),
                false,
                nothing.knowing(),
                null,
                List.of(),
                1);
        return new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, watch);
    }

    private Path logs() {
        return folder.resolve("logs");
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        System.setProperty(REGION_SETTING, REGION);
        Files.createDirectories(logs());
        receiver = new Receiver();
        assertEquals(
                200,
                signed(administrator, "POST", "/detector", "{'enable':true}").status());
        String webhook = "{'name':'hook','type':'webhook','url':'" + receiver.url() + "'}";
        assertEquals(
                201,
                signed(administrator, "POST", "/tocsin/v1/destinations", webhook)
                        .status());
        String picky = "{'name':'picky','type':'webhook','minSeverity':9,'url':'" + receiver.url() + "'}";
        signed(administrator, "POST", "/tocsin/v1/destinations", picky);
    }

    @AfterEach
    void end() {
        receiver.close();
        if (regionBefore.isEmpty()) {
            System.clearProperty(REGION_SETTING);
        } else {
            System.setProperty(REGION_SETTING, regionBefore);
        }
    }

    private record Ran(int exit, String said) {}

    private Ran selftest(String... more) {
        CommandLine command = TocsinCommand.commandLine();
        StringWriter said = new StringWriter();
        command.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        List<String> arguments = new java.util.ArrayList<>(List.of("selftest", "--live", "--server"));
        arguments.add(service.uri().toString());
        arguments.addAll(List.of("--data", folder.resolve("data").toString()));
        arguments.addAll(List.of(more));
        int exit = command.execute(arguments.toArray(String[]::new));
        return new Ran(exit, said.toString());
    }

    @Test
    void theWholeWayFromAFolder() throws IOException, InterruptedException {
        Ran ran = selftest("--source", logs().toString());
        assertEquals(0, ran.exit(), ran.said());
        assertTrue(receiver.next().body().contains("tocsin-selftest-"));
        for (String hop : List.of("written", "read", "judged", "hook", "picky: its filters do not want it")) {
            assertTrue(ran.said().contains(hop), hop + " in " + ran.said());
        }
        try (Stream<Path> left = Files.walk(logs())) {
            assertEquals(0, left.filter(Files::isRegularFile).count(), "the event is removed");
        }
    }

    @Test
    void pastTheSourcesByIngest() throws InterruptedException {
        Ran ran = selftest();
        assertEquals(0, ran.exit(), ran.said());
        assertTrue(receiver.next().body().contains("[SELFTEST]"));
    }

    @Test
    void aReceiverThatRefusesIsNamed() {
        receiver.does(exchange -> Receiver.status(exchange, 400));
        Ran ran = selftest();
        assertEquals(1, ran.exit(), ran.said());
        assertTrue(ran.said().contains("hook: NOT within 45 s: refused it"), ran.said());
        assertTrue(ran.said().contains("tocsin destinations dead hook"), ran.said());
    }
}
