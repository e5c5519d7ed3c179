package dev.tocsin.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AttemptsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final Attempts attempts = new Attempts(() -> Objects.requireNonNull(now.get()));

    private void wrong(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            attempts.wrong(name, address);
        }
    }

    @Test
    void oneTryShortOfTheLimitIsAnswered() {
        wrong(Attempts.PAIR - 1, "alice", "192.0.2.1");
        assertEquals(0, attempts.wait("alice", "192.0.2.1"));
        attempts.wrong("alice", "192.0.2.1");
        assertEquals(601, attempts.wait("alice", "192.0.2.1"));
        assertEquals(0, attempts.wait("alice", "192.0.2.2"), "who guesses must not lock out the true one");
        now.set(Instant.parse("2026-03-01T12:10:00Z"));
        assertEquals(0, attempts.wait("alice", "192.0.2.1"));
    }

    @Test
    void anAddressThatTriesManyNamesIsRefused() {
        for (int i = 0; i < Attempts.ADDRESS; i++) {
            assertEquals(0, attempts.wait("user" + i, "192.0.2.1"));
            attempts.wrong("user" + i, "192.0.2.1");
        }
        assertEquals(601, attempts.wait("other", "192.0.2.1"));
        assertEquals(0, attempts.wait("other", "192.0.2.2"));
    }

    @Test
    void aNameThatIsGuessedFromEverywhereIsRefused() {
        for (int i = 0; i < Attempts.NAME; i++) {
            attempts.wrong("alice", "192.0.2." + i);
        }
        assertEquals(601, attempts.wait("alice", "198.51.100.1"));
    }

    @Test
    void whatWasMistypedBeforeARightTryIsForgotten() {
        wrong(Attempts.PAIR - 1, "alice", "192.0.2.1");
        attempts.right("alice", "192.0.2.1");
        wrong(Attempts.PAIR - 1, "alice", "192.0.2.1");
        assertEquals(0, attempts.wait("alice", "192.0.2.1"));
    }
}
