import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.FakeHost;
import dev.tocsin.core.engine.HostCases;
import dev.tocsin.core.engine.HostFunction;
import dev.tocsin.core.engine.Processes;
import dev.tocsin.core.event.HostEvent;
import java.io.FileInputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * How many host events a CPU second takes, with lineage and all detectors, and what 10,000 processes weigh: see host.sh.
 * Events are those of the recorded busy host, read once (parsing timed apart) and shown again and again.
 */
final class HostBench {

    private static final int ROUNDS = 40;

    private HostBench() {}

    public static void main(String[] arguments) throws Exception {
        byte[] log;
        try (GZIPInputStream in = new GZIPInputStream(new FileInputStream(arguments[0]))) {
            log = in.readAllBytes();
        }
        List<HostEvent> events = HostCases.read("bench", log);
        FakeHost<HostEvent> many = new FakeHost<>(new HostFunction(EngineServices.NONE, Detectors.ALL));
        long before = used();
        for (int pid = 1; pid <= 10_000; pid++) {
            many.take("host", Processes.started(events.getFirst(), pid, 1_796_040_000L + pid));
        }
        System.out.printf(Locale.ROOT, "10,000 processes: %.1f MB of heap%n", (used() - before) / 1e6);
        many.saveAndLoad();
        System.out.printf(Locale.ROOT, "10,000 processes: %.1f MB as written%n", many.bytes / 1e6);
        FakeHost<HostEvent> host = new FakeHost<>(new HostFunction(EngineServices.NONE, Detectors.ALL));
        for (int half = 0; half < 2; half++) {
            long start = cpu();
            for (int round = 0; round < ROUNDS; round++) {
                for (HostEvent event : events) {
                    host.take("host", event);
                }
            }
            report(half == 0 ? "warm-up" : "lineage and detectors", (long) ROUNDS * events.size(), cpu() - start);
        }
        for (int half = 0; half < 2; half++) {
            long start = cpu();
            for (int round = 0; round < ROUNDS / 4; round++) {
                HostCases.read("bench", log);
            }
            report(half == 0 ? "warm-up" : "parsing auditd", (long) ROUNDS / 4 * events.size(), cpu() - start);
        }
    }

    private static void report(String what, long events, long nanos) {
        System.out.printf(Locale.ROOT, "%s: %,.0f events a CPU second%n", what, events / (nanos / 1e9));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
