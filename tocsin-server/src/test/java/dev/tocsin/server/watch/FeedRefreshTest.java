package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.Feed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a feed is an alarm, and when it is due. */
final class FeedRefreshTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Map<String, Map<String, Long>> RAISED = Map.of("feed test", Map.of("feed", 1L));

    @TempDir
    Path root;

    private final Alarms alarms = new Alarms();
    private Instant now = NOON;

    private Feed feed() {
        return Feed.parse("test=" + root.resolve("list.txt").toUri());
    }

    private FeedRefresh refresh() {
        FeedRefresh.Plan plan =
                new FeedRefresh.Plan(new DataFolder(root.resolve("data")), List.of(feed()), Duration.ofHours(1));
        return new FeedRefresh(plan, alarms, () -> now);
    }

    private void list(int entries) throws IOException {
        Path list = root.resolve("list.txt");
        Files.writeString(
                list,
                IntStream.range(0, entries).mapToObj(i -> "203.0.113." + i).collect(Collectors.joining("\n")));
        Files.setLastModifiedTime(list, FileTime.from(now));
    }

    @Test
    void heldBackIsAnAlarmUntilItIsGoodAgain() throws IOException {
        try (FeedRefresh refresh = refresh()) {
            list(100);
            refresh.once(feed());
            assertEquals(Map.of(), alarms.counts());
            now = now.plusSeconds(3_600);
            list(10);
            refresh.once(feed());
            assertEquals(RAISED, alarms.counts());
            assertTrue(
                    alarms.open().getFirst().text().startsWith("10 entries after 100"),
                    alarms.open().toString());
            assertEquals(100, refresh.kept().getFirst().entries(), "the last good list");
            now = now.plusSeconds(3_600);
            list(90);
            refresh.once(feed());
            assertEquals(Map.of(), alarms.counts());
        }
    }

    @Test
    void whatFailsIsAnAlarmAfterADay() throws IOException {
        try (FeedRefresh refresh = refresh()) {
            list(100);
            refresh.once(feed());
            Files.delete(root.resolve("list.txt"));
            now = NOON.plusSeconds(86_400);
            refresh.once(feed());
            assertEquals(Map.of(), alarms.counts(), "a server may be down for a while");
            now = NOON.plusSeconds(86_401);
            refresh.once(feed());
            assertEquals(RAISED, alarms.counts());
        }
    }

    @Test
    void whatNeverCameIsAnAlarmAtOnce() {
        try (FeedRefresh refresh = refresh()) {
            refresh.once(feed());
            assertEquals(RAISED, alarms.counts());
        }
    }

    @Test
    void aRestartAsksWhenTheFeedIsDue() throws IOException {
        try (FeedRefresh refresh = refresh()) {
            assertEquals(0, refresh.first(feed()), "never fetched");
            list(100);
            refresh.once(feed());
        }
        now = NOON.plusSeconds(600);
        try (FeedRefresh refresh = refresh()) {
            assertEquals(3_000_000, refresh.first(feed()));
            assertEquals(Map.of("test", 100L), refresh.entries(), "known before it is fetched again");
        }
        now = NOON.plusSeconds(7_200);
        try (FeedRefresh refresh = refresh()) {
            assertEquals(0, refresh.first(feed()));
        }
        now = NOON.minusSeconds(86_400);
        try (FeedRefresh refresh = refresh()) {
            assertEquals(3_600_000, refresh.first(feed()), "a clock that was wrong holds up nothing");
        }
    }
}
