package dev.tocsin.it;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.store.Metered;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code tocsin serve} as a process of its own over some source, and what its store holds in the end. */
final class ServedLogs {

    static final Path SAMPLES = Path.of("../samples");

    private final Path folder;
    private final Path data;
    private final List<String> javaOptions;

    /** What a run ends with: findings by id, ledger rows by source, and what was metered by where it belongs. */
    record Outcome(Map<String, String> findings, Map<String, String> ledger, Map<String, String> usage) {}

    /**
     * A service that keeps its data in {@code folder}.
     *
     * @param sources the configuration's value of {@code sources}
     */
    ServedLogs(Path folder, String sources, List<String> javaOptions) throws IOException {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.javaOptions = javaOptions;
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("serve.yaml"),
                "sources: " + sources + "\ndetectors: {enableAllSeen: true}\nnoFeeds: true\n");
    }

    /** Starts it. */
    Process start() throws IOException {
        return ServiceProcess.start(folder.resolve("serve.yaml"), data, folder.resolve("serve.log"), javaOptions);
    }

    /** The samples, oldest first. */
    static List<Path> samples() throws IOException {
        try (var samples = Files.walk(SAMPLES)) {
            return samples.filter(Files::isRegularFile)
                    .sorted(Comparator.<Path>comparingLong(
                                    sample -> ObjectKey.parse(sample.toString()).deliveredAt())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    /** Objects in the store that the running service keeps. */
    int objects() {
        try (Store store = Store.openBeside(data)) {
            int[] count = new int[1];
            new ReadObjects(store).rows(row -> count[0]++);
            return count[0];
        } catch (StoreException e) {
            return 0; // it is only being made
        }
    }

    /** How far the running service has come in the lanes of {@code source}. */
    Map<String, String> positions(String source) {
        try (Store store = Store.openBeside(data)) {
            return store.streamPositions(source);
        } catch (StoreException e) {
            return Map.of(); // it is only being made
        }
    }

    /** How far the running service's time has come, epoch seconds. */
    long time() {
        try (Store store = Store.openBeside(data)) {
            return store.positions().getOrDefault("watermark", Long.MIN_VALUE);
        } catch (StoreException e) {
            return Long.MIN_VALUE;
        }
    }

    /** What is kept, once it is ended. */
    Outcome outcome() throws IOException {
        Map<String, String> findings = new TreeMap<>();
        Map<String, String> ledger = new TreeMap<>();
        Map<String, String> usage = new TreeMap<>();
        try (Store store = Store.open(data)) {
            store.findings(true)
                    .forEach(finding -> findings.put(
                            finding.id(),
                            finding.revision() + " " + finding.document().toJson()));
            Metered.sums(store, 0, Long.MAX_VALUE, EnumSet.allOf(Metered.By.class))
                    .forEach(amount -> usage.put(amount.with(0, 0, 0).toString(), amount.toString()));
            new ReadObjects(store)
                    .rows(row -> ledger.put(
                            String.valueOf(row.text("source")),
                            new Doc().withAll(row).toJson()));
        }
        return new Outcome(findings, ledger, usage);
    }
}
