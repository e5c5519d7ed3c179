package dev.tocsin.flink;

import dev.tocsin.flink.source.LogFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What the job is told on its command line; the commands that start it take the same. */
public final class JobOptions {

    /** A profile remembers 90 days. */
    private static final int MOST_LEARN_DAYS = 90;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "Files and folders of logs, URIs of a file system that the cluster knows, as s3://bucket/prefix, and topics,"
                            + " as kafka://HOST:PORT/TOPIC[?FILE]; FILE has properties of Kafka's client.")
    private List<String> paths = List.of();

    @Option(names = "--server", paramLabel = "URL", description = "The Tocsin service that findings and ledger go to.")
    private @Nullable String server;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Its ingest or administrator key, as AWS writes shared credentials.")
    private @Nullable String keyFile;

    @Option(names = "--output", paramLabel = "DIR", description = "Write findings and ledger there too, as JSON lines.")
    private @Nullable String output;

    @Option(names = "--threat-list", paramLabel = "[NAME=]FILE[:FORMAT]", description = "Your own list of threats.")
    private List<String> threats = List.of();

    @Option(
            names = "--trusted-list",
            paramLabel = "[NAME=]FILE[:FORMAT]",
            description = "Your own list of the trusted.")
    private List<String> trusted = List.of();

    @Option(names = "--intel", paramLabel = "[NAME=]FILE[:FORMAT]", description = "Intelligence with categories.")
    private List<String> intel = List.of();

    @Option(names = "--geo", paramLabel = "FILE", description = "Tables of places and networks (mmdb).")
    private List<String> geography = List.of();

    @Option(names = "--inventory", paramLabel = "FILE", description = "What describe calls answer, as JSON.")
    private List<String> inventory = List.of();

    @Option(names = "--own-network", paramLabel = "CIDR", split = ",", description = "Networks that are yours.")
    private List<String> ownNetworks = List.of();

    @Option(names = "--affiliated-account", paramLabel = "ID", split = ",", description = "Accounts that are yours.")
    private List<String> affiliated = List.of();

    @Option(names = "--learn-days", paramLabel = "N", description = "Days of history that habits want, 0 to 90.")
    private @Nullable Integer learnDays;

    @Option(names = "--account", paramLabel = "ID", description = "Account of records that name none.")
    private @Nullable String account;

    @Option(names = "--region", paramLabel = "NAME", description = "Region of records that name none.")
    private @Nullable String region;

    /**
     * The settings of the job; accounts whose logs are read are one's own.
     *
     * @throws IOException if the paths cannot be listed
     */
    public Settings settings() throws IOException {
        List<String> own = new ArrayList<>(affiliated);
        own.addAll(LogFiles.accounts(paths));
        return new Settings(
                List.copyOf(paths),
                List.copyOf(threats),
                List.copyOf(trusted),
                List.copyOf(intel),
                List.copyOf(geography),
                List.copyOf(inventory),
                List.copyOf(ownNetworks),
                List.copyOf(own),
                learnDays,
                account,
                region,
                "");
    }

    /** Ends the command of {@code spec} with code 2 if a value cannot be. */
    public void check(CommandSpec spec) {
        if (paths.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "give a PATH: files and folders of logs, or s3://bucket/prefix");
        }
        if (server != null && keyFile == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--server needs --key-file: 'tocsin keys create --role ingest' prints a key for it (docs/flink.md)");
        }
        if (learnDays != null && (learnDays < 0 || learnDays > MOST_LEARN_DAYS)) {
            throw new ParameterException(
                    spec.commandLine(), "--learn-days: expected 0 to " + MOST_LEARN_DAYS + ", found " + learnDays);
        }
    }

    /** Findings and ledger go to the service at {@code url}, with the key in {@code file}, as if the command line said so. */
    public void tell(String url, String file) {
        server = url;
        keyFile = file;
    }

    /** The same options as arguments, with {@code folder} as output; null for none. */
    public List<String> arguments(@Nullable String folder) {
        List<String> arguments = new ArrayList<>();
        add("--server", server, arguments);
        add("--key-file", keyFile, arguments);
        add("--output", folder, arguments);
        threats.forEach(list -> add("--threat-list", list, arguments));
        trusted.forEach(list -> add("--trusted-list", list, arguments));
        intel.forEach(list -> add("--intel", list, arguments));
        geography.forEach(file -> add("--geo", file, arguments));
        inventory.forEach(file -> add("--inventory", file, arguments));
        ownNetworks.forEach(network -> add("--own-network", network, arguments));
        affiliated.forEach(id -> add("--affiliated-account", id, arguments));
        add("--learn-days", learnDays, arguments);
        add("--account", account, arguments);
        add("--region", region, arguments);
        arguments.addAll(paths);
        return arguments;
    }

    private static void add(String name, @Nullable Object value, List<String> into) {
        if (value != null) {
            into.add(name);
            into.add(value.toString());
        }
    }

    /** What the command line names as PATH. */
    public List<String> paths() {
        return paths;
    }

    /** The service's address, or null. */
    public @Nullable String server() {
        return server;
    }

    /** The file with the service's key. */
    public String keyFile() {
        return Objects.requireNonNull(keyFile, "--server needs --key-file");
    }

    /** The folder that findings go to, or null. */
    public @Nullable String output() {
        return output;
    }
}
