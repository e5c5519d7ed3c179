package dev.tocsin.server.command;

import dev.tocsin.server.serve.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
            "  tocsin backup --verify tocsin.backup",
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

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // one of both is required
    private What what;

    private static final class What {
        @ArgGroup(exclusive = false)
        private @Nullable Written written;

        @Option(
                names = "--verify",
                paramLabel = "FILE",
                description = "Reads all of a backup as 'tocsin restore' would, and says what it holds.")
        private @Nullable Path verify;
    }

    private static final class Written {
        @Option(names = "--data", required = true, paramLabel = "DIR", description = "The service's folder.")
        @SuppressWarnings("NullAway.Init") // required
        private Path data;

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to; must not be there.")
        @SuppressWarnings("NullAway.Init") // required
        private Path output;
    }

    @Override
    public Integer call() throws IOException {
        Written written = what.written;
        if (written != null) {
            Backup.write(written.data, written.output.toAbsolutePath());
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "%s: %.1f MB%n", written.output, Files.size(written.output) / MEGA);
        }
        Path verify = what.verify;
        if (verify != null) {
            Backup.Contents contents = Backup.verify(verify);
            spec.commandLine()
                    .getErr()
                    .println(verify + ": whole; a store of version " + contents.version() + " with "
                            + contents.findings() + " findings"
                            + (contents.sealed() ? "" : ", without sealing.key: keep that of its folder"));
        }
        return 0;
    }
}
