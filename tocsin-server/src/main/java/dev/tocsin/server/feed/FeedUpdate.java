package dev.tocsin.server.feed;

import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fetches feeds into a {@link DataFolder}; whatever goes wrong, the last good list stays in force. */
public final class FeedUpdate {

    /** A refresh that leaves less than one in so many entries, or makes so many of one, is held back (design: guards). */
    static final int MOST_CHANGE = 2;

    /** Entries that must come or go before a refresh is held back. Ours: small lists halve and double by themselves. */
    static final int LEAST_CHANGE = 20;

    /** How a feed came out. */
    public enum State {
        /** A new list is in force. */
        UPDATED,
        /** The maker says that the list at hand is still right. */
        UNCHANGED,
        /** What came is kept out until it is forced; the last good list stays. */
        HELD_BACK,
        /** Nothing usable came; the last good list stays, if there is one. */
        FAILED
    }

    /**
     * How a feed came out.
     *
     * @param name the feed's
     * @param state in short
     * @param kept what is in force now, or null if nothing is
     * @param message what a person should know
     */
    public record Outcome(
            String name, State state, @Nullable KeptFeed kept, String message) {}

    private final DataFolder folder;
    private final InstantSource clock;
    private final boolean force;
    private final FeedFetch fetch;

    /** Updates into {@code folder}; {@code force} takes what would be held back, and another format. */
    public FeedUpdate(DataFolder folder, InstantSource clock, boolean force) {
        this(folder, clock, force, FeedFetch.MOST_BYTES, System.getenv());
    }

    FeedUpdate(DataFolder folder, InstantSource clock, boolean force, long mostBytes, Map<String, String> environment) {
        this.folder = folder;
        this.clock = clock;
        this.force = force;
        this.fetch = new FeedFetch(mostBytes, clock, environment);
    }

    /** The default feeds and those that were fetched into {@code folder} before, by name. */
    public static List<Feed> known(DataFolder folder) throws IOException {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        Feed.defaults().forEach(feed -> feeds.put(feed.name(), feed));
        for (KeptFeed kept : folder.feeds()) {
            feeds.putIfAbsent(kept.feed().name(), kept.feed());
        }
        return new ArrayList<>(feeds.values());
    }

    /** Fetches {@code feed} and puts it in force, or says why not. */
    public Outcome update(Feed feed) throws IOException, InterruptedException {
        KeptFeed known = folder.feed(feed.name());
        Path incoming = folder.incoming(feed.name());
        try {
            FeedFetch.Answer answer = fetch.fetch(feed, known, incoming, folder.list(feed.name()));
            return answer.changed() || known == null
                    ? judge(feed, known, answer, incoming)
                    : keep(State.UNCHANGED, known.unchanged(now()), "unchanged");
        } catch (IOException e) {
            return stays(State.FAILED, feed, known, String.valueOf(e.getMessage()));
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private Outcome judge(Feed feed, @Nullable KeptFeed known, FeedFetch.Answer answer, Path incoming)
            throws IOException {
        String format =
                feed.format() == null && known != null && !force ? known.feed().format() : feed.format();
        ListReport report = read(feed, format, incoming);
        if (!report.active()) {
            return stays(State.FAILED, feed, known, String.valueOf(report.message()));
        }
        long entries = report.accepted() - report.duplicates();
        if (known != null && !force && changesTooMuch(known.entries(), entries)) {
            String change = entries + " entries after " + known.entries() + "; --force takes it";
            return stays(State.HELD_BACK, feed, known, change);
        }
        long now = now();
        Feed read = new Feed(
                feed.name(), feed.url(), report.format(), feed.category(), feed.terms(), feed.what(), feed.minutes());
        long dated = answer.modifiedAt() == 0 ? now : answer.modifiedAt();
        KeptFeed kept = new KeptFeed(read, answer.etag(), answer.lastModified(), dated, now, now, entries, null);
        folder.take(incoming, kept);
        return new Outcome(feed.name(), State.UPDATED, kept, taken(known, entries, report));
    }

    private ListReport read(Feed feed, @Nullable String format, Path incoming) throws IOException {
        try (InputStream bytes = Files.newInputStream(incoming)) {
            return ListReader.read(request(feed).as(format), bytes, new Intelligence.Builder());
        }
    }

    private static ListRequest request(Feed feed) {
        return ListRequest.of(feed.name(), IndicatorList.Kind.INTEL).with(feed.category());
    }

    /** How the list of a kept feed is read: its own dates count, else the feed's. */
    public static ListRequest request(KeptFeed kept) {
        return request(kept.feed()).as(kept.feed().format()).dated(kept.dated()).at(kept.fetchedAt());
    }

    static boolean changesTooMuch(long before, long after) {
        boolean much = after * MOST_CHANGE < before || after > before * MOST_CHANGE;
        return much && Math.abs(after - before) >= LEAST_CHANGE;
    }

    private static String taken(@Nullable KeptFeed known, long entries, ListReport report) {
        String change = known == null
                ? "new"
                : entries == known.entries() ? "updated" : "updated, " + known.entries() + " entries before";
        return report.rejected() == 0
                ? change
                : change + "; " + report.rejected() + " rejected, first "
                        + report.rejections().getFirst();
    }

    private Outcome stays(State state, Feed feed, @Nullable KeptFeed known, String why) throws IOException {
        return known == null
                ? new Outcome(feed.name(), state, null, why + "; there is no earlier list")
                : keep(state, known.troubled(why), why + "; the last good list stays");
    }

    private Outcome keep(State state, KeptFeed kept, String message) throws IOException {
        folder.keep(kept);
        return new Outcome(kept.feed().name(), state, kept, message);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
