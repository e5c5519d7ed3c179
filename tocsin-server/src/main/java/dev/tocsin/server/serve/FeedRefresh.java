package dev.tocsin.server.serve;

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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fetches feeds again and again on a thread of its own. What came acts from the next checkpoint on; what fails, halves or
 * doubles leaves the last good list in force and is said in the log.
 */
public final class FeedRefresh implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FeedRefresh.class.getName());

    private final Plan plan;
    private final InstantSource clock;
    private final FeedUpdate update;
    private final AtomicLong version = new AtomicLong();
    private final Map<String, KeptFeed> kept = new TreeMap<>();
    private @Nullable ScheduledFuture<?> schedule;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("feeds").daemon().factory());

    /**
     * What is fetched.
     *
     * @param folder where it is kept
     * @param feeds which
     * @param every time between two fetches
     */
    public record Plan(DataFolder folder, List<Feed> feeds, Duration every) {}

    FeedRefresh(Plan plan, InstantSource clock) {
        this.plan = plan;
        this.clock = clock;
        this.update = new FeedUpdate(plan.folder(), clock, false);
    }

    /** Fetches now and from then on. */
    void start() {
        schedule = worker.scheduleWithFixedDelay(this::refresh, 0, plan.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        for (Feed feed : plan.feeds()) {
            try {
                take(update.update(feed));
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "feed " + feed.name() + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void take(FeedUpdate.Outcome outcome) {
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
    }

    /** The seconds since each feed's list came, by name. */
    Map<String, Long> ages() {
        long now = clock.instant().getEpochSecond();
        Map<String, Long> ages = new TreeMap<>();
        synchronized (kept) {
            kept.forEach((name, feed) -> ages.put(name, Math.max(0, now - feed.fetchedAt())));
        }
        return ages;
    }

    /** The distinct entries of each feed's list, by name. */
    Map<String, Long> entries() {
        Map<String, Long> entries = new TreeMap<>();
        synchronized (kept) {
            kept.forEach((name, feed) -> entries.put(name, feed.entries()));
        }
        return entries;
    }

    /** What {@code configured} loads, anew after each fetch. */
    Knowing over(Knowing configured) {
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

    @Override
    public void close() {
        if (schedule != null) {
            schedule.cancel(true);
        }
        worker.shutdownNow();
    }
}
