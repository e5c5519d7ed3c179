package dev.tocsin.server.command;

import dev.tocsin.server.serve.Backup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin restore}: a data folder from a backup. */
@Command(
        name = "restore",
        description = "Makes a service's folder from a file that 'tocsin backup' wrote.",
        footer = {
            "",
            "Examples:",
            "  tocsin restore --data /var/lib/tocsin-again --input tocsin.backup",
            "  tocsin restore --data /var/lib/tocsin --input /var/lib/tocsin/tocsin.db.v10 --replace     before an upgrade",
            "",
            "Objects that came after the backup are read again where they still are. Keys are those of the backup."
        })
final class RestoreCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The folder; without --replace no store must be there.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init") // required
    private Path input;

    @Option(
            names = "--replace",
            description = "Put a store that is there aside, as tocsin.db.replaced. No service may run over it.")
    private boolean replace;

    @Override
    public Integer call() throws IOException {
        Backup.restore(input, data, replace);
        spec.commandLine().getErr().println(data + ": restored");
        return 0;
    }
}
