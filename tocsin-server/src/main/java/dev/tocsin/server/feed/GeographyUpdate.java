package dev.tocsin.server.feed;

import dev.tocsin.input.geo.AsnTable;
import dev.tocsin.input.geo.Geography;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fetches the tables of countries and networks as npm packages, with the npm that the machine has and the registry that it
 * is set up for. Nothing of them is part of the product.
 */
public final class GeographyUpdate {

    /** What reports call it. */
    public static final String NAME = "geography";

    /** Country by address, both families; CC0. */
    private static final String COUNTRY = "@ip-location-db/geo-whois-asn-country-mmdb";

    /** Network by address range; CC BY 4.0. */
    private static final String ASN = "@ip-location-db/asn";

    /** The credit that the tables' licences ask for. */
    public static final String CREDIT = "Countries: geo-whois-asn-country of ip-location-db (CC0)."
            + " Networks: asn of ip-location-db (CC BY 4.0), made with modifications from data of Route Views"
            + " (routeviews.org), the Number Resource Organization (nro.net) and DB-IP (https://db-ip.com).";

    private static final long MOST_MINUTES = 10;

    private final DataFolder folder;
    private final String npm;

    /** Updates {@code folder} with the program {@code npm}. */
    public GeographyUpdate(DataFolder folder, String npm) {
        this.folder = folder;
        this.npm = npm;
    }

    /** Fetches the tables if there are newer ones; what goes wrong leaves the old ones in place. */
    public FeedUpdate.Outcome update() throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.geo()).resolve(".new");
        try {
            String newest = versions();
            if (newest.equals(atHand())) {
                return new FeedUpdate.Outcome(NAME, FeedUpdate.State.UNCHANGED, null, "unchanged");
            }
            delete(work);
            Files.createDirectories(work);
            // Told what --prefix is, npm unpacks there and leaves alone whatever package the command is run in.
            run(
                    "install",
                    "--prefix",
                    work.toString(),
                    "--no-save",
                    "--ignore-scripts",
                    "--no-audit",
                    "--no-fund",
                    COUNTRY,
                    ASN);
            int networks = take(work.resolve("node_modules"));
            Files.writeString(folder.geo().resolve("version"), newest);
            return new FeedUpdate.Outcome(
                    NAME, FeedUpdate.State.UPDATED, null, "countries and " + networks + " networks");
        } catch (IOException e) {
            String rest = folder.geography().isEmpty()
                    ? "; findings go without country and network, or give --geo FILE"
                    : "; the last good tables stay";
            return new FeedUpdate.Outcome(NAME, FeedUpdate.State.FAILED, null, e.getMessage() + rest);
        } finally {
            delete(work);
        }
    }

    private String versions() throws IOException, InterruptedException {
        return run("view", COUNTRY, "version").strip() + " "
                + run("view", ASN, "version").strip();
    }

    private String atHand() throws IOException {
        Path version = folder.geo().resolve("version");
        return folder.geography().size() == 2 && Files.exists(version) ? Files.readString(version) : "";
    }

    /** Makes the tables ready beside the old ones, sees that they open, and puts them in place. */
    private int take(Path modules) throws IOException {
        Path country = modules.resolve(COUNTRY).resolve("geo-whois-asn-country.mmdb");
        Path table = modules.resolve(DataFolder.NETWORKS);
        int networks;
        try (BufferedReader v4 = Files.newBufferedReader(modules.resolve(ASN).resolve("asn-ipv4.csv"));
                BufferedReader v6 = Files.newBufferedReader(modules.resolve(ASN).resolve("asn-ipv6.csv"))) {
            networks = AsnTable.compile(List.of(v4, v6), table);
        }
        Geography.open(List.of(), List.of(country, table)).close();
        Files.writeString(folder.geo().resolve("LICENCES.txt"), CREDIT + "\n");
        DataFolder.swap(country, folder.geo().resolve(DataFolder.COUNTRIES));
        DataFolder.swap(table, folder.geo().resolve(DataFolder.NETWORKS));
        return networks;
    }

    /** Runs npm and gives what it printed. */
    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(npm));
        command.addAll(List.of(arguments));
        Path printed = Files.createTempFile(folder.geo(), ".npm", ".log");
        try {
            Process process = start(command, printed);
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("npm took longer than " + MOST_MINUTES + " minutes");
            }
            String text = Files.readString(printed);
            if (process.exitValue() != 0) {
                throw new IOException("npm " + arguments[0] + " failed: "
                        + text.strip().lines().findFirst().orElse("it says nothing"));
            }
            return text;
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    private static Process start(List<String> command, Path printed) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException("npm is not installed (Debian: apt-get install npm)", e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
