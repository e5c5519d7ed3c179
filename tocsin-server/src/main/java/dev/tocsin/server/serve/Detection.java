package dev.tocsin.server.serve;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.server.host.LiveAnalysis;
import dev.tocsin.server.host.Selection;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Detection while the service runs: looks at the sources, and analyses what they bring, on one thread of its own. */
final class Detection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Detection.class.getName());

    /** Time between two looks around, in milliseconds. */
    private static final long TICK_MILLIS = 250;

    /** Time after which a failed analysis begins again from the store, in milliseconds. */
    private static final long AGAIN_MILLIS = 2_000;

    /** What a stop waits for the object under way, in seconds; without its end it is read again at the next start. */
    private static final long STOP_SECONDS = 5;

    private final Setup setup;
    private final Map<String, SourceCounts> counts = new LinkedHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean ready;
    private volatile boolean standby;
    private volatile boolean leads;

    /**
     * What it works with.
     *
     * @param store where everything is kept
     * @param sources where logs are brought to
     * @param scope which accounts, Regions and times of them are analysed
     * @param lists the API's lists
     * @param knowing loads what is known
     * @param inventory what is known of the accounts' resources beforehand
     * @param threads decoders and shards at work at once
     * @param enabling makes a detector for an account and Region that are met
     * @param clock the host's time
     */
    record Setup(
            Store store,
            List<LiveSource> sources,
            Scope scope,
            ListFiles lists,
            Knowing knowing,
            List<InventoryFact> inventory,
            int threads,
            Guide.Enabling enabling,
            InstantSource clock) {}

    /** Starts it. */
    Detection(Setup setup) {
        this.setup = setup;
        setup.sources().forEach(source -> counts.put(source.name(), new SourceCounts()));
        thread = Thread.ofPlatform().name("detection").start(this::run);
    }

    /** What each source brought. */
    Map<String, SourceCounts> counts() {
        return counts;
    }

    /** Whether state and lists are loaded and nothing fails. */
    boolean isReady() {
        return ready && thread.isAlive();
    }

    /** Whether another process analyses, and this one is ready to take over. */
    boolean isStandby() {
        return standby && thread.isAlive();
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        try {
            ListsInForce lists = null;
            while (!isStopping()) {
                if (!takeLease()) {
                    stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                    continue;
                }
                try {
                    lists = lists == null ? new ListsInForce(setup.store(), setup.lists(), setup.knowing()) : lists;
                    analyse(lists);
                } catch (StoreException | RuntimeException e) {
                    ready = false;
                    lists = null;
                    LOG.log(System.Logger.Level.ERROR, "detection goes on from the last checkpoint: " + message(e), e);
                    stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped within an object, which is read again
        }
    }

    /** Whether this process has the right to run the engine. */
    boolean leads() {
        return leads;
    }

    /** Takes the right to run the engine; while another process has it this one answers the API alone. */
    private boolean takeLease() {
        try {
            setup.store().takeLease();
            if (standby) {
                LOG.log(System.Logger.Level.WARNING, "the other process has ended: this one analyses from now on");
            }
            standby = false;
        } catch (StoreException e) {
            if (!standby) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        message(e) + "; this one answers the API alone and takes over after it");
            }
            standby = true;
        }
        leads = !standby;
        return leads;
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private void analyse(ListsInForce lists) throws StoreException, InterruptedException {
        Guide guide = new Guide(setup, lists, counts, this::isStopping);
        LiveAnalysis.Options options = new LiveAnalysis.Options(
                setup.threads(),
                null,
                null,
                new Selection(setup.scope().speaks(), Set.of(), Set.of()),
                setup.inventory(),
                setup.store(),
                setup.clock(),
                System::nanoTime);
        try (LiveAnalysis analysis = new LiveAnalysis(options, guide, lists.current())) {
            List<Arrivals> arrivals = new ArrayList<>();
            for (LiveSource source : setup.sources()) {
                analysis.holds(source.name(), true);
                arrivals.add(new Arrivals(source, analysis::wasRead));
            }
            ready = true;
            boolean goOn = true;
            while (goOn && !isStopping()) {
                analysis.pass();
                if (guide.watchesMore()) {
                    arrivals.forEach(Arrivals::forget);
                }
                List<LiveAnalysis.Arrived> arrived = look(arrivals, analysis);
                if (!arrived.isEmpty()) {
                    goOn = analysis.take(arrived);
                } else {
                    stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private List<LiveAnalysis.Arrived> look(List<Arrivals> arrivals, LiveAnalysis analysis) throws StoreException {
        List<LiveAnalysis.Arrived> arrived = new ArrayList<>();
        for (Arrivals source : arrivals) {
            SourceCounts count = counts.getOrDefault(source.name(), new SourceCounts());
            try {
                for (SourceObject object : source.look(setup.clock().millis())) {
                    arrived.add(new LiveAnalysis.Arrived(source.name(), object));
                }
                analysis.holds(source.name(), false);
                count.answered(null);
            } catch (StoreException e) {
                throw e;
            } catch (IOException | UncheckedIOException e) {
                analysis.holds(source.name(), true);
                if (!message(e).equals(count.trouble())) {
                    LOG.log(System.Logger.Level.WARNING, "source " + source.name() + ": " + message(e));
                }
                count.answered(message(e));
            }
        }
        return arrived;
    }

    /** Stops: what was taken is written. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
