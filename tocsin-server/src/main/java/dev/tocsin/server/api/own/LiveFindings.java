package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.FindingChanges;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who listen of findings that are new or changed. It reads them from the store, as another process may have written
 * them, and so an event's id, which is the time of the change, is all that is needed to go on after an interruption. Whoever
 * goes on may be told of a change twice, never not at all.
 */
final class LiveFindings implements AutoCloseable {

    /** Changes told one by one; of more at a time it is only told that there are many. */
    static final int MOST_AT_ONCE = 200;

    private static final System.Logger LOG = System.getLogger(LiveFindings.class.getName());
    private static final Duration EVERY = Duration.ofMillis(500);

    /** How much later than its time a change may be seen: a transaction takes a while, and clocks of processes differ. */
    private static final Duration LATENESS = Duration.ofSeconds(10);

    private static final int MOST_READ = 2_000;

    private final FindingChanges changes;
    private final FindingStore findings;
    private final InstantSource clock;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> told = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private long looked;

    /**
     * What is told.
     *
     * @param id where to go on after it
     * @param name finding, many or ready
     */
    record Event(String id, String name, Doc data) {}

    /** Is told. */
    interface Listener {
        /** Whether it may know of what is {@code account}'s. */
        boolean sees(String account);

        /** Takes {@code event} without waiting. */
        void take(Event event);

        /** Ends. */
        void end();
    }

    LiveFindings(Store store, InstantSource clock) {
        this.changes = new FindingChanges(store);
        this.findings = new FindingStore(store);
        this.clock = clock;
    }

    /** Begins to look. */
    LiveFindings start() {
        Thread.ofPlatform().daemon().name("live-findings").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!stopping.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                tryToLook();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells {@code listener} from now on, and first of what came since the event {@code last}, if that is not null. */
    synchronized void add(Listener listener, @Nullable String last) throws StoreException {
        if (listeners.isEmpty()) {
            told.clear();
            looked = clock.millis();
            changes.since(looked - LATENESS.toMillis(), MOST_READ).forEach(one -> told.put(one.id(), one.updated()));
        }
        listeners.add(listener);
        listener.take(new Event(id(looked, ""), "ready", new Doc().with("time", looked)));
        long from = last == null ? -1 : time(last);
        if (from >= 0) {
            tell(changes.since(Math.max(0, from - LATENESS.toMillis()), MOST_READ), Set.of(listener));
        }
    }

    /** Tells {@code listener} nothing more. */
    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** How many listen. */
    int count() {
        return listeners.size();
    }

    private void tryToLook() {
        try {
            look();
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "new findings cannot be looked for; tried again: " + e.getMessage());
        }
    }

    /** Tells of what changed since the last look. */
    synchronized void look() throws StoreException {
        if (listeners.isEmpty()) {
            return;
        }
        long from = looked - LATENESS.toMillis();
        long now = clock.millis();
        List<FindingChanges.Change> fresh = changes.since(from, MOST_READ).stream()
                .filter(one -> told.getOrDefault(one.id(), -1L) < one.updated())
                .toList();
        looked = now;
        told.values().removeIf(updated -> updated < from);
        fresh.forEach(one -> told.put(one.id(), one.updated()));
        tell(fresh, listeners);
    }

    private void tell(List<FindingChanges.Change> fresh, Set<Listener> to) throws StoreException {
        if (fresh.isEmpty()) {
            return;
        }
        if (fresh.size() > MOST_AT_ONCE) {
            String last = id(fresh.getLast().updated(), fresh.getLast().id());
            for (Listener listener : to) {
                long seen = fresh.stream()
                        .filter(one -> listener.sees(one.account()))
                        .count();
                if (seen > 0) {
                    listener.take(new Event(last, "many", new Doc().with("findings", seen)));
                }
            }
            return;
        }
        Map<String, FindingChanges.Change> byId = new HashMap<>();
        fresh.forEach(one -> byId.put(one.id(), one));
        for (Doc document :
                findings.documents(fresh.stream().map(FindingChanges.Change::id).toList())) {
            FindingChanges.Change change = byId.get(document.text("id"));
            if (change != null) {
                Event event = new Event(id(change.updated(), change.id()), "finding", FindingSearch.row(document));
                to.stream()
                        .filter(listener -> listener.sees(change.account()))
                        .forEach(listener -> listener.take(event));
            }
        }
    }

    private static String id(long time, String finding) {
        return time + "-" + finding;
    }

    /** The time that an id names; -1 if it is none of ours. */
    private static long time(String id) {
        int end = id.indexOf('-');
        return end > 0 && end <= 15 && id.substring(0, end).chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(id.substring(0, end))
                : -1;
    }

    /** Ends all who listen. */
    @Override
    public void close() {
        stopping.countDown();
        listeners.forEach(Listener::end);
    }

    /** As a {@link Predicate} over accounts says who sees what. */
    interface Sight {
        /** What may be seen now; null if nothing may any more. */
        @Nullable
        Predicate<@Nullable String> now() throws StoreException;
    }
}
