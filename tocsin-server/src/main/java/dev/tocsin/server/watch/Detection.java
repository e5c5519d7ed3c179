package dev.tocsin.server.watch;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.host.LiveAnalysis;
import dev.tocsin.server.host.Selection;
import dev.tocsin.server.host.TornObject;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.LogStream;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.SqsQueue;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.Agents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Detection while the service runs: looks at the sources, and analyses what they bring, on one thread of its own. */
public final class Detection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Detection.class.getName());

    /** Time between two looks around, in milliseconds. */
    private static final long TICK_MILLIS = 250;

    /** Time for which a source whose objects could not be had is down, unless they come, in milliseconds. */
    private static final long FAILING_MILLIS = 60_000;

    /** Time after which a failed analysis begins again from the store, in milliseconds. */
    private static final long AGAIN_MILLIS = 2_000;

    /** What a stop waits for the object under way, in seconds; without its end it is read again at the next start. */
    private static final long STOP_SECONDS = 5;

    private final Setup setup;
    private final Map<String, SourceCounts> counts = new LinkedHashMap<>();
    private final Map<String, Long> nearMisses = new ConcurrentSkipListMap<>();
    private final Map<String, Long> failedAt = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final DigestWatch digests;
    private final Thread thread;
    private volatile @Nullable ListsInForce loaded;
    private volatile boolean ready;
    private volatile boolean standby;
    private volatile boolean leads;

    /**
     * What it works with.
     *
     * @param store where everything is kept
     * @param sources where logs are brought to, and what they hang on
     * @param scope which accounts, Regions and times of them are analysed
     * @param lists the API's lists
     * @param aside accounts for messages of queues that lead to nothing
     * @param alarms told what an operator should look into
     * @param knowing loads what is known
     * @param inventory what is known of the accounts' resources beforehand
     * @param threads decoders and shards at work at once
     * @param enabling makes a detector for an account and Region that are met
     * @param agents what agents on hosts report
     * @param clock the host's time
     */
    public record Setup(
            Store store,
            SourcesSetup sources,
            Scope scope,
            ListFiles lists,
            SetAside aside,
            Alarms alarms,
            Knowing knowing,
            List<InventoryFact> inventory,
            int threads,
            Guide.Enabling enabling,
            Agents agents,
            InstantSource clock) {}

    /** Starts it. */
    public Detection(Setup setup) {
        this.setup = setup;
        setup.sources().sources().forEach(source -> counts.put(source.name(), new SourceCounts()));
        digests = new DigestWatch(
                setup.sources().sources().stream()
                        .filter(LiveSource.Listed.class::isInstance)
                        .map(LiveSource.Listed.class::cast)
                        .toList(),
                setup.alarms(),
                setup.clock());
        digests.start();
        thread = Thread.ofPlatform().name("detection").start(this::run);
    }

    /** Where logs are brought to. */
    public SourcesSetup sources() {
        return setup.sources();
    }

    /** What each source brought. */
    public Map<String, SourceCounts> counts() {
        return counts;
    }

    /** Calls that nearly led to a finding, by its type, since the start. */
    public Map<String, Long> nearMisses() {
        return nearMisses;
    }

    /** Whether state and lists are loaded and nothing fails. */
    public boolean isReady() {
        return ready && thread.isAlive();
    }

    /** What is known now; nothing until lists are loaded. */
    public Knowledge knowledge() {
        ListsInForce lists = loaded;
        return lists == null ? new Knowledge(EngineServices.NONE, Map.of()) : lists.now();
    }

    /** What rules that are only tried matched since the start. */
    public Stream<Map.Entry<AssociatedRules.Match, LongAdder>> tried() {
        ListsInForce lists = loaded;
        return lists == null ? Stream.of() : lists.rules().tried();
    }

    /** Whether another process analyses, and this one is ready to take over. */
    public boolean isStandby() {
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
                    lists = lists == null
                            ? new ListsInForce(
                                    setup.store(),
                                    setup.lists(),
                                    setup.knowing(),
                                    setup.sources().guarded(),
                                    setup.clock())
                            : lists;
                    loaded = lists;
                    analyse(lists);
                } catch (TornObject e) {
                    LOG.log(System.Logger.Level.WARNING, "detection goes on from the last checkpoint: " + message(e));
                    stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                } catch (StoreException | RuntimeException e) {
                    ready = false;
                    lists = null;
                    LOG.log(System.Logger.Level.ERROR, "detection goes on from the last checkpoint: " + message(e), e);
                    stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                } finally {
                    setup.sources().receivers().forEach(FirehoseSource::end); // what they wait for is not kept
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped within an object, which is read again
        }
    }

    /** Whether this process has the right to run the engine. */
    public boolean leads() {
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
        LogGaps gaps = new LogGaps(setup.alarms());
        Silence silence = new Silence(setup.alarms(), setup.sources().silentAfter());
        Starvation starvation = new Starvation(setup.store(), setup.alarms());
        Guide guide = new Guide(setup, lists, counts, nearMisses, gaps, this::isStopping);
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
            for (LiveSource source : setup.sources().sources()) {
                analysis.holds(source.name(), true);
                arrivals.add(arrivals(source, analysis));
            }
            ready = true;
            while (!isStopping()) {
                analysis.pass();
                if (guide.watchesMore()) {
                    for (Arrivals source : arrivals) {
                        source.again();
                    }
                }
                List<LiveAnalysis.Arrived> arrived = look(arrivals, analysis, silence);
                LiveAnalysis.Round round = arrived.isEmpty() ? new LiveAnalysis.Round() : analysis.take(arrived);
                arrived.forEach(one -> failedAt.remove(one.source()));
                round.down().forEach((source, reason) -> {
                    failedAt.put(source, setup.clock().millis());
                    isDown(source, reason);
                });
                gaps.confirm(analysis.time(), setup.clock().instant().getEpochSecond());
                settle(arrivals, round);
                for (Arrivals source : arrivals) {
                    long records = counts(source.name()).records().getOrDefault("accepted", 0L);
                    starvation.brought(source.name(), records, setup.clock().millis());
                }
                if (arrived.isEmpty()) {
                    stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private Arrivals arrivals(LiveSource source, LiveAnalysis analysis) throws StoreException {
        return switch (source) {
            case LiveSource.Listed listed -> new ListedArrivals(listed, analysis::wasRead);
            case SqsQueue queue -> queued(queue, analysis);
            case FirehoseSource receiver -> new ReceivedArrivals(receiver, analysis::wasRead);
            case LogStream stream ->
                new StreamedArrivals(
                        stream,
                        setup.store().streamPositions(stream.name()),
                        analysis::isBehind,
                        new StreamedArrivals.Told(counts(stream.name()), setup.alarms()),
                        setup.clock());
        };
    }

    private QueuedArrivals queued(SqsQueue queue, LiveAnalysis analysis) {
        return new QueuedArrivals(
                queue,
                analysis::wasRead,
                new QueuedArrivals.Told(
                        setup.aside(),
                        counts(queue.name()),
                        setup.alarms(),
                        setup.sources().guarded()),
                () -> new ReadObjects(setup.store()).unsettled("s3://"),
                setup.clock());
    }

    /** Whether objects of the source could not be had a moment ago, and were not since, although it can be listed. */
    private boolean isFailing(String source) {
        Long at = failedAt.get(source);
        return at != null && setup.clock().millis() - at < FAILING_MILLIS;
    }

    private SourceCounts counts(String source) {
        return counts.getOrDefault(source, new SourceCounts());
    }

    /** Whether it is more than a note of where a stream stands. */
    private static boolean holdsAnything(SourceObject object) {
        StreamBatch streamed = object.streamed();
        return streamed == null || streamed.isCounted();
    }

    /** What is new, each object once however many sources bring it. */
    private List<LiveAnalysis.Arrived> look(List<Arrivals> arrivals, LiveAnalysis analysis, Silence silence)
            throws StoreException, InterruptedException {
        List<LiveAnalysis.Arrived> arrived = new ArrayList<>();
        Set<ObjectIdentity> met = new HashSet<>();
        for (Arrivals source : arrivals) {
            try {
                List<SourceObject> brought = source.look(setup.clock().millis());
                boolean something = brought.stream().anyMatch(Detection::holdsAnything);
                silence.heard(source.name(), something, setup.clock().millis());
                for (SourceObject object : brought) {
                    if (met.add(ObjectIdentity.of(object))) {
                        arrived.add(new LiveAnalysis.Arrived(source.name(), object));
                    }
                }
                boolean failing = isFailing(source.name());
                analysis.holds(source.name(), failing || source.isBehind());
                if (!failing) {
                    counts(source.name()).answered(null);
                }
            } catch (StoreException e) {
                throw e;
            } catch (IOException | UncheckedIOException e) {
                analysis.holds(source.name(), true);
                isDown(source.name(), message(e));
            }
        }
        return arrived;
    }

    private void settle(List<Arrivals> arrivals, LiveAnalysis.Round round) throws StoreException {
        for (Arrivals source : arrivals) {
            try {
                source.settled(round.outcomes(), setup.clock().millis());
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                isDown(source.name(), message(e));
            }
        }
    }

    /** The source does not answer as it should; it is said once a reason. */
    private void isDown(String source, String reason) {
        if (!reason.equals(counts(source).trouble())) {
            LOG.log(System.Logger.Level.WARNING, "source " + source + ": " + reason);
        }
        counts(source).answered(reason);
    }

    /** Stops: what was taken is written. */
    @Override
    public void close() {
        setup.sources().receivers().forEach(FirehoseSource::closing);
        stopping.countDown();
        digests.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(2));
            for (LiveSource source : setup.sources().sources()) {
                switch (source) {
                    case SqsQueue queue -> queue.close();
                    case LogStream stream -> stream.close();
                    case LiveSource.Listed listed -> {}
                    case FirehoseSource receiver -> {}
                }
            }
            setup.sources().receivers().forEach(FirehoseSource::end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
