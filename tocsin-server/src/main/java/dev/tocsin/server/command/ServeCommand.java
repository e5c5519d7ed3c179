package dev.tocsin.server.command;

import dev.tocsin.server.serve.Service;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin serve}: the service. */
@Command(
        name = "serve",
        description = "Runs the service: GuardDuty's API over what the sources deliver.",
        footer = {
            "",
            "Examples:",
            "  tocsin serve --data /var/lib/tocsin",
            "  tocsin serve --data trial --listen 127.0.0.1:0      on any free port, which is printed",
            "",
            "Then, with the key file that the first start names:",
            "  export AWS_SHARED_CREDENTIALS_FILE=trial/administrator.credentials AWS_REGION=us-east-1",
            "  aws guardduty create-detector --enable --endpoint-url http://127.0.0.1:8420"
        })
final class ServeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept; default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("tocsin-data");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Port 0 takes a free one and prints it; default: ${DEFAULT-VALUE}.")
    private String listen = "127.0.0.1:8420";

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Account of the administrator key that the first start makes; default: ${DEFAULT-VALUE}.")
    private String account = "000000000000";

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                ended.await(); // the process goes on until this hook returns
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Service service = Service.start(new Service.Options(data, listen, account))) {
            announce(service);
            asked.await();
            return 0;
        } catch (StoreException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } finally {
            ended.countDown();
        }
    }

    private void announce(Service service) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + service.uri());
        Path key = service.freshKey();
        if (key != null) {
            out.println("administrator access key written to " + key.toAbsolutePath());
        }
        out.flush();
    }
}
