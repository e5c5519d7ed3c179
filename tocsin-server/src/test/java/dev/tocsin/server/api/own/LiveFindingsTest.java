package dev.tocsin.server.api.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told to whom, when, and what becomes of a client that does not take it. */
@Timeout(60)
final class LiveFindingsTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final long NOW = 1_770_000_000_000L;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(NOW);
    private Store store;
    private LiveFindings live;

    /** Keeps what it is told. */
    private static final class Kept implements LiveFindings.Listener {
        private final List<LiveFindings.Event> events = new ArrayList<>();

        @Override
        public boolean sees(String account) {
            return account.equals("1");
        }

        @Override
        public void take(LiveFindings.Event event) {
            events.add(event);
        }

        @Override
        public void end() {
            events.clear();
        }

        List<String> told() {
            return events.stream()
                    .filter(event -> !event.name().equals("ready"))
                    .map(event -> event.name().equals("many")
                            ? "many " + event.data().number("findings", 0)
                            : String.valueOf(event.data().text("id")))
                    .toList();
        }
    }

    @BeforeEach
    void open() throws StoreException {
        store = Store.open(folder);
        live = new LiveFindings(store, () -> Instant.ofEpochMilli(now.get()));
    }

    @AfterEach
    void close() throws StoreException {
        live.close();
        store.close();
    }

    private void put(String id, String account, long revision, long updated) throws StoreException {
        Doc document = new Doc().with("id", id);
        FindingState state = new FindingState(id, "T", account, "r", revision, 1, 2, 5, document);
        store.write(transaction -> transaction.finding(state, updated, false));
    }

    @Test
    void eachChangeIsToldOnceAlsoOneThatIsSeenLate() throws StoreException {
        put("before", "1", 1, NOW - 5);
        Kept kept = new Kept();
        live.add(kept, null);
        put("a", "1", 1, NOW + 1);
        put("strange", "2", 1, NOW + 1);
        live.look();
        assertEquals(List.of("a"), kept.told());
        now.addAndGet(5_000);
        put("late", "1", 1, NOW - 3_000);
        put("a", "1", 2, NOW + 4_000);
        live.look();
        live.look();
        assertEquals(List.of("a", "late", "a"), kept.told());
        live.remove(kept);
        put("b", "1", 1, NOW + 6_000);
        live.look();
        assertEquals(3, kept.told().size());
    }

    @Test
    void whoComesAgainIsToldWhatCameMeanwhile() throws StoreException {
        put("old", "1", 1, NOW - 60_000);
        put("new", "1", 1, NOW - 20_000);
        Kept kept = new Kept();
        live.add(kept, (NOW - 25_000) + "-old");
        assertEquals(List.of("new"), kept.told());
    }

    @Test
    void ofTooManyItIsOnlyToldThatThereAreMany() throws StoreException {
        Kept kept = new Kept();
        live.add(kept, null);
        for (int i = 0; i < LiveFindings.MOST_AT_ONCE; i++) {
            put("f" + i, "1", 1, NOW + i);
        }
        put("strange", "2", 1, NOW + 500);
        live.look();
        assertEquals(List.of("many " + LiveFindings.MOST_AT_ONCE), kept.told());
    }

    private EventStream stream(AtomicBoolean welcome, Duration beat, AtomicBoolean ended) {
        return new EventStream(
                "who", any -> true, () -> welcome.get() ? any -> true : null, beat, () -> ended.set(true));
    }

    private static LiveFindings.Event event() {
        return new LiveFindings.Event("1-a", "finding", new Doc().with("title", "two\nlines"));
    }

    @Test
    void aSlowReaderIsDropped() throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        EventStream stream = stream(new AtomicBoolean(true), NEVER, ended);
        CountDownLatch blocked = new CountDownLatch(1);
        OutputStream never = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                blocked.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("the socket was closed");
                }
            }
        };
        Thread writing = Thread.ofVirtual().start(() -> {
            try {
                stream.writeTo(never);
            } catch (IOException e) {
                // as a socket that is closed
            }
        });
        blocked.await();
        for (int i = 0; i < EventStream.MOST_WAITING; i++) {
            stream.take(event());
        }
        assertFalse(ended.get());
        stream.take(event());
        writing.join();
        assertTrue(ended.get());
    }

    @Test
    void whoMayNotAnyMoreIsToldTheEnd() throws IOException {
        AtomicBoolean ended = new AtomicBoolean();
        EventStream stream = stream(new AtomicBoolean(false), AT_ONCE, ended);
        stream.take(event());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream.writeTo(out);
        assertEquals(
                "retry: 3000\n\nid: 1-a\nevent: finding\ndata: {\"title\":\"two\\nlines\"}\n\nevent: end\ndata: {}\n\n",
                out.toString(StandardCharsets.UTF_8));
        assertTrue(ended.get());
    }
}
