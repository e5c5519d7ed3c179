package dev.tocsin.server.watch;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.Feed;
import dev.tocsin.server.feed.FeedUpdate;
import dev.tocsin.server.feed.KeptFeed;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches feeds again and again on a thread of its own. What came acts from the next checkpoint on; what fails, halves or
 * doubles leaves the last good list in force and is said in the log.
 */
public final class FeedRefresh implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FeedRefresh.class.getName());

    /** Age from which a list that cannot be renewed is an alarm, in seconds. Ours: the feeds change daily. */
    private static final long OLD_SECONDS = 86_400;

    /** Fetches in vain after which it is one at the earliest. */
    private static final int OLD_FETCHES = 3;

    private final Plan plan;
    private final InstantSource clock;
    private final FeedUpdate update;
    private final AtomicLong version = new AtomicLong();
    private final Map<String, KeptFeed> kept = new TreeMap<>();
    private final Alarms alarms;
    private final Map<String, ScheduledFuture<?>> due = new ConcurrentHashMap<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("feeds").daemon().factory());

    /**
     * What is fetched.
     *
     * @param folder where it is kept
     * @param feeds which
     * @param every time between two fetches of a feed that says no other
     */
    public record Plan(DataFolder folder, List<Feed> feeds, Duration every) {}

    /** Fetches nothing before it is started. */
    public FeedRefresh(Plan plan, Alarms alarms, InstantSource clock) {
        this.plan = plan;
        this.alarms = alarms;
        this.clock = clock;
        this.update = new FeedUpdate(plan.folder(), clock, false);
    }

    /** Fetches what is due now, and each feed from then on in its rhythm. */
    public void start() {
        for (Feed feed : plan.feeds()) {
            later(feed, first(feed));
        }
    }

    /** Milliseconds until a feed is due: a service that starts again and again asks nobody more often. */
    long first(Feed feed) {
        KeptFeed at = plan.folder().kept(feed);
        if (at == null) {
            return 0;
        }
        synchronized (kept) {
            kept.put(feed.name(), at);
        }
        long due = at.checkedAt() * 1000 + every(feed) - clock.millis();
        return Math.clamp(due, 0, every(feed));
    }

    private long every(Feed feed) {
        return feed.minutes() == 0
                ? plan.every().toMillis()
                : Duration.ofMinutes(feed.minutes()).toMillis();
    }

    private void refresh(Feed feed) {
        once(feed);
        later(feed, jittered(every(feed)));
    }

    /** Fetches {@code feed}. */
    void once(Feed feed) {
        try {
            take(feed, update.update(feed));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "feed " + feed.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void later(Feed feed, long millis) {
        try {
            due.put(feed.name(), worker.schedule(() -> refresh(feed), millis, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            return; // the service ends
        }
    }

    /** A tenth more or less: the world's services do not ask at the same second. */
    private static long jittered(long millis) {
        long tenth = millis / 10;
        return millis + (tenth == 0 ? 0 : ThreadLocalRandom.current().nextLong(-tenth, tenth + 1));
    }

    private void take(Feed feed, FeedUpdate.Outcome outcome) {
        switch (outcome.state()) {
            case UPDATED -> {
                LOG.log(System.Logger.Level.INFO, "feed " + outcome.name() + ": " + outcome.message());
                version.incrementAndGet();
            }
            case UNCHANGED -> version.incrementAndGet(); // its age begins anew
            case HELD_BACK, FAILED ->
                LOG.log(System.Logger.Level.WARNING, "feed " + outcome.name() + ": " + outcome.message());
        }
        KeptFeed now = outcome.kept();
        if (now != null) {
            synchronized (kept) {
                kept.put(outcome.name(), now);
            }
        }
        watch(feed, outcome);
    }

    /** Raises an alarm where a feed waits for a decision, has nothing, or has been right for the last time long ago. */
    private void watch(Feed feed, FeedUpdate.Outcome outcome) {
        long now = clock.instant().getEpochSecond();
        KeptFeed at = outcome.kept();
        long silent = at == null ? Long.MAX_VALUE : now - at.checkedAt();
        boolean old = silent > Math.max(OLD_SECONDS, OLD_FETCHES * every(feed) / 1000);
        boolean troubled = outcome.state() == FeedUpdate.State.HELD_BACK || outcome.state() == FeedUpdate.State.FAILED;
        String name = "feed " + feed.name();
        if (outcome.state() == FeedUpdate.State.HELD_BACK || (troubled && old)) {
            alarms.raise(name, Alarms.Kind.FEED, "", outcome.message(), now);
        } else if (!troubled) {
            alarms.clear(name, Alarms.Kind.FEED, "");
        }
    }

    /** The seconds since each feed's list came, by name. */
    public Map<String, Long> ages() {
        long now = clock.instant().getEpochSecond();
        Map<String, Long> ages = new TreeMap<>();
        synchronized (kept) {
            kept.forEach((name, feed) -> ages.put(name, Math.max(0, now - feed.fetchedAt())));
        }
        return ages;
    }

    /** The distinct entries of each feed's list, by name. */
    public Map<String, Long> entries() {
        Map<String, Long> entries = new TreeMap<>();
        synchronized (kept) {
            kept.forEach((name, feed) -> entries.put(name, feed.entries()));
        }
        return entries;
    }

    /** What {@code configured} loads, anew after each fetch. */
    public Knowing over(Knowing configured) {
        return new Knowing() {
            @Override
            public EngineServices with(List<Extra> lists) {
                return configured.with(lists);
            }

            @Override
            public long version() {
                return version.get();
            }
        };
    }

    /** What is kept of each feed. */
    public List<KeptFeed> kept() {
        synchronized (kept) {
            return List.copyOf(kept.values());
        }
    }

    @Override
    public void close() {
        due.values().forEach(next -> next.cancel(true));
        worker.shutdownNow();
    }
}
