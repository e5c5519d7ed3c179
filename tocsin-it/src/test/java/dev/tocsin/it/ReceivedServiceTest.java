package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same day of logs gives the same findings from a folder and from Firehose, whose requests come again, out of order, and
 * meet a service that is killed at random moments. {@code -Dtocsin.kills=50 -Dtocsin.seed=N} for more of it.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class ReceivedServiceTest {

    private static final int KILLS = Integer.getInteger("tocsin.kills", 5);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    /** Length of what comes in one request, in seconds. */
    private static final long SLICE_SECONDS = 300;

    /** Slices that are under way at once, in any order: less than any log's lateness. */
    private static final int SLICES_AT_ONCE = 2;

    /** Time is past here once all that waits for further records was judged. */
    private static final long ALL_JUDGED = Instant.parse("2026-03-03T02:00:00Z").getEpochSecond();

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> LOGS =
            Map.of("CloudTrail", "trail", "vpcflowlogs", "flow", "vpcdnsquerylogs", "dns");

    @TempDir
    Path folder;

    private volatile @Nullable URI uri;

    @Test
    void aDayComesByFirehoseAsByAFolder() throws Exception {
        System.out.println("seed " + SEED);
        Map<String, String> byFolder = byFolder();
        assertFalse(byFolder.isEmpty());
        Map<String, String> received = received(new Random(SEED));
        assertEquals(byFolder.keySet(), received.keySet());
        for (Map.Entry<String, String> finding : byFolder.entrySet()) {
            assertEquals(finding.getValue(), received.get(finding.getKey()), finding.getKey());
        }
    }

    private Map<String, String> byFolder() throws IOException, InterruptedException {
        Path data = folder.resolve("by-folder");
        String source =
                "{name: drop, type: folder, path: '" + Path.of("../samples").toAbsolutePath() + "'}";
        Process service = start(source, data);
        awaitJudged(service, data);
        service.destroy();
        service.waitFor();
        return findings(data);
    }

    private Map<String, String> received(Random random) throws Exception {
        Path data = folder.resolve("received");
        Path key = Files.writeString(folder.resolve("firehose.key"), KEY);
        String bound = ", type: firehose-http, accounts: ['210987654321'], accessKey: {file: '" + key + "'}, log: ";
        String sources = "{name: trail" + bound + "cloudtrail},"
                + "{name: flow" + bound + "vpcflow, region: eu-central-1, format: '" + SampleRecords.FLOW_FORMAT + "'},"
                + "{name: dns" + bound + "dns, region: eu-central-1}";
        Process[] service = {start(sources, data)};
        List<List<Callable<Void>>> windows = windows(random);
        Set<Integer> killedAt = new HashSet<>();
        while (killedAt.size() < Math.min(KILLS, windows.size())) {
            killedAt.add(random.nextInt(windows.size()));
        }
        try (ExecutorService firehose = Executors.newFixedThreadPool(12)) {
            for (int i = 0; i < windows.size(); i++) {
                List<Future<Void>> sent = new ArrayList<>();
                windows.get(i).forEach(delivery -> sent.add(firehose.submit(delivery)));
                if (killedAt.contains(i)) {
                    service[0].waitFor(random.nextInt(1_000), TimeUnit.MILLISECONDS);
                    service[0].destroyForcibly().waitFor();
                    service[0] = start(sources, data);
                }
                for (Future<Void> one : sent) {
                    one.get();
                }
            }
        } catch (ExecutionException e) {
            throw new AssertionError(Files.readString(folder.resolve("serve.log")), e);
        }
        awaitJudged(service[0], data);
        service[0].destroy();
        service[0].waitFor();
        return findings(data);
    }

    /** What is delivered at once, in any order; some of it twice, under the same id or another. */
    private List<List<Callable<Void>>> windows(Random random) throws IOException {
        Map<String, Map<Long, List<byte[]>>> logs = new HashMap<>();
        Set<Long> slices = new TreeSet<>();
        for (String log : LOGS.keySet()) {
            logs.put(log, SampleRecords.slices(log, SLICE_SECONDS));
            slices.addAll(Objects.requireNonNull(logs.get(log)).keySet());
        }
        List<List<Callable<Void>>> windows = new ArrayList<>();
        List<Callable<Void>> window = new ArrayList<>();
        int held = 0;
        for (long slice : slices) {
            for (Map.Entry<String, String> log : new TreeMap<>(LOGS).entrySet()) {
                List<byte[]> records =
                        Objects.requireNonNull(logs.get(log.getKey())).get(slice);
                if (records != null) {
                    deliveries(log.getValue(), records, random, window);
                }
            }
            if (++held == SLICES_AT_ONCE) {
                Collections.shuffle(window, random);
                windows.add(window);
                window = new ArrayList<>();
                held = 0;
            }
        }
        windows.add(window);
        return windows;
    }

    private void deliveries(String source, List<byte[]> records, Random random, List<Callable<Void>> into)
            throws IOException {
        FirehoseSender sender = new FirehoseSender(
                () -> Objects.requireNonNull(uri),
                "/firehose/" + source,
                KEY,
                "arn:aws:firehose:eu-central-1:210987654321:deliverystream/" + source);
        FirehoseSender.Request request = FirehoseSender.request(records);
        into.add(delivery(sender, request));
        if (random.nextInt(4) == 0) {
            into.add(delivery(sender, request));
        }
        if (random.nextInt(10) == 0) {
            into.add(delivery(sender, FirehoseSender.request(records)));
        }
    }

    private static Callable<Void> delivery(FirehoseSender sender, FirehoseSender.Request request) {
        return () -> {
            sender.deliver(request);
            return null;
        };
    }

    private Process start(String sources, Path data) throws IOException, InterruptedException {
        Path config = folder.resolve("serve.yaml");
        Files.writeString(config, "sources: [" + sources + "]\ndetectors: {enableAllSeen: true}\nnoFeeds: true\n");
        Path log = folder.resolve("serve.log");
        Files.deleteIfExists(log); // what an earlier one said of where it listened
        Process service = ServiceProcess.start(config, data, log);
        String said = "";
        while (!said.contains("listening on http")) {
            if (service.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("it ended: " + said);
            }
            said = Files.exists(log) ? Files.readString(log) : "";
        }
        uri = URI.create(said.lines()
                .filter(line -> line.startsWith("listening on "))
                .findFirst()
                .orElseThrow()
                .substring("listening on ".length()));
        return service;
    }

    private static void awaitJudged(Process service, Path data) throws InterruptedException {
        while (time(data) < ALL_JUDGED) { // the class's timeout ends it
            service.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    private static long time(Path data) {
        try (Store store = Store.openBeside(data)) {
            return store.positions().getOrDefault("watermark", 0L);
        } catch (StoreException e) {
            return 0; // it is only being made
        }
    }

    /** Findings by id, without what tells by which object their records came. */
    private static Map<String, String> findings(Path data) throws IOException {
        Map<String, String> findings = new TreeMap<>();
        try (Store store = Store.open(data)) {
            store.findings(true).forEach(finding -> findings.put(finding.id(), plain(finding.document())));
        }
        return findings;
    }

    private static String plain(Doc finding) {
        return finding.toJson()
                .replaceAll("\"source\":\"[^\"]*(?:AWSLogs|firehose-http)[^\"]*\"", "\"source\":\"\"")
                .replaceAll("\"position\":\\d+", "\"position\":0");
    }
}
