package dev.tocsin.server.command;

import dev.tocsin.server.serve.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin backup}: one file of all that a service keeps. */
@Command(
        name = "backup",
        description = "Writes all that a service keeps to one file, also while it runs.",
        footer = {
            "",
            "Examples:",
            "  tocsin backup --data /var/lib/tocsin --output tocsin.backup",
            "  tocsin restore --data /var/lib/tocsin-again --input tocsin.backup",
            "",
            "The file holds the key that secrets are sealed with: keep it as safe as the data folder. A store in PostgreSQL",
            "is backed up by pg_dump; keep the folder's file sealing.key with the dump."
        })
final class BackupCommand implements Callable<Integer> {

    private static final double MEGA = 1e6;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to; must not be there.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Override
    public Integer call() throws IOException {
        Backup.write(data, output.toAbsolutePath());
        spec.commandLine().getErr().printf(Locale.ROOT, "%s: %.1f MB%n", output, Files.size(output) / MEGA);
        return 0;
    }
}
