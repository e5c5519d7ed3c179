package dev.tocsin.server.watch;

import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.inspect.DigestCheck;
import dev.tocsin.server.inspect.DigestKeys;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SourceObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Once an hour compares the log files that lie at sources which can be listed with CloudTrail's digests, where there are any:
 * a file that is missing or changed is an alarm. Signatures are not looked at: {@code tocsin doctor --verify} does.
 */
final class DigestWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DigestWatch.class.getName());

    /** What the first look goes back, in seconds: a day, as far as a service may have been down unseen. */
    static final long FIRST_SECONDS = 25 * 3_600;

    /** What later looks go back, in seconds: each digest is met twice. */
    static final long LATER_SECONDS = 3 * 3_600;

    /** What a log file may have been delivered before the digest that names it, in seconds. */
    private static final long LOGS_SECONDS = 2 * 3_600;

    private final List<LiveSource.Listed> sources;
    private final Alarms alarms;
    private final InstantSource clock;
    private @Nullable ScheduledFuture<?> schedule;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("digests").daemon().factory());
    private boolean looked;

    DigestWatch(List<LiveSource.Listed> sources, Alarms alarms, InstantSource clock) {
        this.sources = sources;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Looks a minute from now, and every hour from then on. */
    void start() {
        schedule = worker.scheduleWithFixedDelay(this::look, 1, 60, TimeUnit.MINUTES);
    }

    /** Looks at all sources. */
    void look() {
        long now = clock.instant().getEpochSecond();
        long since = now - (looked ? LATER_SECONDS : FIRST_SECONDS);
        looked = true;
        for (LiveSource.Listed source : sources) {
            try {
                look(source, since, now);
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "source " + source.name() + ": digests: " + e.getMessage());
            }
        }
    }

    private void look(LiveSource.Listed source, long since, long now) throws IOException {
        List<SourceObject> recent = source.list().stream()
                .filter(object -> isOfInterest(object.name(), since))
                .toList();
        if (recent.stream().noneMatch(object -> isDigest(ObjectKey.parse(object.name())))) {
            return;
        }
        DigestCheck check = new DigestCheck(new DigestKeys());
        check.run(recent);
        for (DigestCheck.Problem problem : check.problems()) {
            if (problem.kind() != DigestCheck.Kind.NOTE) {
                String text = "digest: " + (problem.kind() == DigestCheck.Kind.MISSING ? "missing: " : "changed: ")
                        + problem.text();
                alarms.raise(source.name(), Alarms.Kind.DIGEST, problem.text(), text, now);
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "source " + source.name() + ": " + check.digests() + " digests, " + check.verified()
                        + " log files as they were delivered");
    }

    private static boolean isDigest(ObjectKey key) {
        return "CloudTrail digest".equals(key.foreign());
    }

    private static boolean isOfInterest(String name, long since) {
        ObjectKey key = ObjectKey.parse(name);
        if (key.deliveredAt() == Long.MAX_VALUE) {
            return false;
        }
        return isDigest(key)
                ? key.deliveredAt() >= since
                : key.kind() == ObjectReport.Kind.CLOUDTRAIL && key.deliveredAt() >= since - LOGS_SECONDS;
    }

    @Override
    public void close() {
        if (schedule != null) {
            schedule.cancel(true);
        }
        worker.shutdownNow();
    }
}
