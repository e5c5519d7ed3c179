import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Pace;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures a store of many findings while more arrive: lists, counts, what users' writes wait, a large checkpoint.
 * usage: StoreBench FOLDER FINDINGS SECONDS. A folder that is filled already is only measured. Prints a table in Markdown.
 */
final class StoreBench {

    private static final long NOW = 1_772_000_000_000L;
    private static final long SPAN = 90L * 86_400_000;
    private static final String ADMIN = "100000000000";
    private static final String REGION = "eu-central-1";
    private static final int ACCOUNTS = 50;
    private static final int A_SECOND = 1_000;
    private static final int DIRTY = 100_000;

    private final Store store;
    private final FindingStore findings;
    private final List<FindingState> templates;
    private final Random random = new Random(7);
    private final Set<String> accounts;
    private final List<String> some = new ArrayList<>();
    private long made;

    private StoreBench(Store store, List<FindingState> templates) {
        this.store = store;
        this.findings = new FindingStore(store);
        this.templates = templates;
        List<String> all = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            all.add(String.valueOf(Long.parseLong(ADMIN) + i));
        }
        accounts = Set.copyOf(all);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        long wanted = Long.parseLong(args[1]);
        int seconds = Integer.parseInt(args[2]);
        List<FindingState> templates = Scenario.play();
        try (Store store = Store.open(folder)) {
            StoreBench bench = new StoreBench(store, templates);
            bench.made = store.countFindings();
            bench.fill(wanted);
            bench.measure(seconds);
        }
    }

    private FindingState next() {
        FindingState template = templates.get(random.nextInt(templates.size()));
        // a tenth of all are the administrator's own
        int of = random.nextInt(10) == 0 ? 0 : random.nextInt(ACCOUNTS);
        String account = String.valueOf(Long.parseLong(ADMIN) + of);
        String id = String.format("%032x", made++ * 0x9E3779B97F4A7C15L & Long.MAX_VALUE);
        String host = String.format("i-%017x", random.nextInt(20_000));
        String text = template.document().toJson();
        text = text.replaceAll("i-[0-9a-f]{8,17}", host).replace(template.id(), id).replace(template.account(), account);
        try {
            long at = (NOW - (long) (random.nextDouble() * SPAN)) / 1000;
            return new FindingState(id, template.type(), account, REGION, 1, at - 60, at, template.severity(), Doc.parse(text));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill(long wanted) throws Exception {
        long start = System.nanoTime();
        long before = made;
        while (made < wanted && System.nanoTime() - start < Long.getLong("minutes", 60) * 60_000_000_000L) {
            List<FindingState> batch = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                batch.add(next());
            }
            store.write(transaction -> {
                for (FindingState finding : batch) {
                    transaction.finding(finding, finding.lastSeen() * 1000, random.nextInt(10) >= 3);
                }
            });
            if (made % 50_000 < 5_000) {
                System.err.printf(Locale.ROOT, "%,d findings, %,.0f a second%n", made, (made - before) / ((System.nanoTime() - start) / 1e9));
            }
        }
        if (made > before) {
            System.out.printf(Locale.ROOT, "filled with %,d findings at %,.0f a second (made and written)%n%n", made - before, (made - before) / ((System.nanoTime() - start) / 1e9));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void measure(int seconds) throws Exception {
        Map<String, Step> steps = new LinkedHashMap<>();
        String type = templates.getFirst().type();
        for (Set<String> whose : List.of(Set.of(ADMIN), accounts)) {
            String n = whose.size() == 1 ? "1 account" : whose.size() + " accounts";
            steps.put("list, severity >= 7, " + n, () -> list(whose, "'severity':{'greaterThanOrEqual':7}", null));
            steps.put("list, severity >= 7, not archived, by updatedAt, " + n, () -> list(whose, "'severity':{'greaterThanOrEqual':7},'service.archived':{'equals':['false']}", "updatedAt"));
            steps.put("list, one type, " + n, () -> list(whose, "'type':{'equals':['" + type + "']}", null));
            steps.put("list, one type, by severity, " + n, () -> list(whose, "'type':{'equals':['" + type + "']}", "severity"));
            steps.put("list, all by severity, " + n, () -> list(whose, "", "severity"));
            steps.put("list, not archived, by severity, " + n, () -> list(whose, "'service.archived':{'equals':['false']}", "severity"));
            steps.put("list, one instance, " + n, () -> list(whose, "'resource.instanceDetails.instanceId':{'equals':['" + String.format("i-%017x", 7) + "']}", null));
            steps.put("count by severity, " + n, () -> findings.countBySeverity(query(whose, "")));
            steps.put("count by severity, not archived, " + n, () -> findings.countBySeverity(query(whose, "'service.archived':{'equals':['false']}")));
            for (FindingStore.GroupBy by : FindingStore.GroupBy.values()) {
                steps.put("statistics by " + by.name().toLowerCase(Locale.ROOT) + ", " + n, () -> findings.grouped(query(whose, ""), by, false, 25));
            }
        }
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong arrived = new AtomicLong();
        AtomicLong slowest = new AtomicLong();
        Thread arriving = Thread.ofPlatform().start(() -> arrive(stop, arrived, slowest));
        List<Long> waits = new ArrayList<>();
        Thread user = Thread.ofPlatform().start(() -> write(stop, waits));
        System.out.println("| what | times | p50 ms | p99 ms | worst ms |\n|---|---|---|---|---|");
        long begin = System.nanoTime();
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            List<Long> times = new ArrayList<>();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            step.getValue().run();
            while (System.nanoTime() < end && times.size() < 2_000 || times.size() < 3) {
                long start = System.nanoTime();
                step.getValue().run();
                times.add(System.nanoTime() - start);
            }
            row(step.getKey(), times);
        }
        double rate = arrived.get() / ((System.nanoTime() - begin) / 1e9);
        synchronized (waits) {
            row("user's write meanwhile", new ArrayList<>(waits));
            waits.clear();
        }
        long large = checkpoint();
        long folded = System.nanoTime();
        Thread.sleep(5_000);
        synchronized (waits) {
            row("user's write during a checkpoint of " + DIRTY + " entries and 5 s after it", new ArrayList<>(waits));
        }
        stop.set(true);
        arriving.join();
        user.join();
        System.out.printf(Locale.ROOT, "%n%,.0f findings a second arrived meanwhile; the slowest of their transactions took %d ms. The checkpoint of %,d entries took %d ms. Peak memory of the process: %s.%n", rate, slowest.get() / 1_000_000, DIRTY, large, peak());
    }

    private static void row(String name, List<Long> times) {
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return;
        }
        System.out.printf(Locale.ROOT, "| %s | %d | %.1f | %.1f | %.1f |%n", name, sorted.length, sorted[sorted.length / 2] / 1e6, sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.99))] / 1e6, sorted[sorted.length - 1] / 1e6);
    }

    private FindingQuery query(Set<String> whose, String criterion) throws Exception {
        return new FindingQuery(whose, REGION, FindingCondition.all(Doc.parse(("{" + criterion + "}").replace('\'', '"'))));
    }

    private void list(Set<String> whose, String criterion, String sort) throws Exception {
        List<String> ids = findings.ids(query(whose, criterion), new FindingQuery.Sort(sort, true), 50, null).ids();
        synchronized (some) {
            if (some.size() < 10_000) {
                some.addAll(ids);
            }
        }
    }

    private void arrive(AtomicBoolean stop, AtomicLong arrived, AtomicLong slowest) {
        try {
            long start = System.nanoTime();
            Pace pace = new Pace(30, 60, 250); // as StateKeeper
            while (!stop.get()) {
                int n = pace.atOnce();
                List<FindingState> batch = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    batch.add(next());
                }
                long[] turn = new long[2];
                store.write(transaction -> {
                    turn[0] = System.nanoTime();
                    for (FindingState finding : batch) {
                        transaction.finding(finding, NOW + (System.nanoTime() - start) / 1_000_000, random.nextInt(10) >= 3);
                    }
                    turn[1] = System.nanoTime();
                });
                pace.took(n, turn[1] - turn[0]);
                slowest.accumulateAndGet(System.nanoTime() - turn[0], Math::max);
                arrived.addAndGet(n);
                long due = start + arrived.get() * 1_000_000_000L / A_SECOND;
                if (due > System.nanoTime()) {
                    Thread.sleep((due - System.nanoTime()) / 1_000_000);
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private void write(AtomicBoolean stop, List<Long> waits) {
        try {
            while (!stop.get()) {
                String id;
                synchronized (some) {
                    id = some.isEmpty() ? "none" : some.get(random.nextInt(some.size()));
                }
                long start = System.nanoTime();
                findings.archive(accounts, REGION, List.of(id), true);
                synchronized (waits) {
                    waits.add(System.nanoTime() - start);
                }
                Thread.sleep(15);
            }
        } catch (Exception e) {
            e.printStackTrace();
        }
    }

    private long checkpoint() throws Exception {
        byte[] noise = new byte[120];
        StateBlock block = new StateBlock();
        for (int i = 0; i < DIRTY; i++) {
            random.nextBytes(noise);
            Doc state = new Doc().with("noise", java.util.HexFormat.of().formatHex(noise));
            String key = ADMIN + "/" + REGION + "/eni-" + i;
            block.put("interface", key, "direction", "", Packed.of(state));
            block.timer("interface", key, 1_772_000_000L + i, true);
        }
        long start = System.nanoTime();
        store.checkpoint(block, transaction -> transaction.position("watermark", 1));
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static String peak() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM")).findFirst().map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB").orElse("unknown");
    }
}
