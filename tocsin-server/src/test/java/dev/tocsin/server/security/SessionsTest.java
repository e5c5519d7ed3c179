package dev.tocsin.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.server.api.Role;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long somebody stays signed in. */
final class SessionsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    private Sessions sessions(Store store) throws IOException {
        SecureRandom random = new SecureRandom();
        InstantSource clock = now::get;
        Users users = new Users(store, random, clock);
        users.create("ann", "111111111111", Role.READER, "correct horse battery");
        return new Sessions(
                store, new AccessKeys(store, Sealer.in(folder, random), random, clock), users, random, clock);
    }

    private String signedIn(Sessions sessions) throws IOException, Sessions.TooOften {
        return Objects.requireNonNull(sessions.withPassword("ann", "correct horse battery", "127.0.0.1"))
                .token();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                      | minutes between requests | requests | still in
            asked at once                       |   0                      |   1      | true
            asked just in time                  |  29                      |   1      | true
            asked too late                      |  30                      |   1      | false
            used all the time                   |  29                      |  16      | true
            used all the time beyond the end    |  29                      |  17      | false
            """)
    void endsAfterAWhileWithoutARequest(String name, int minutes, int requests, boolean in)
            throws IOException, Sessions.TooOften {
        try (Store store = Store.open(folder)) {
            Sessions sessions = sessions(store);
            String token = signedIn(sessions);
            boolean found = true;
            for (int i = 0; i < requests; i++) {
                now.updateAndGet(before -> before.plus(Duration.ofMinutes(minutes)));
                found = sessions.find(token) != null;
            }
            assertEquals(in, found);
        }
    }

    @Test
    void whoSignedOutStaysOut() throws IOException, Sessions.TooOften {
        try (Store store = Store.open(folder)) {
            Sessions sessions = sessions(store);
            String token = signedIn(sessions);
            Sessions.Open open = Objects.requireNonNull(sessions.find(token));
            sessions.end(open);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
            assertNull(sessions.find(token));
        }
    }
}
