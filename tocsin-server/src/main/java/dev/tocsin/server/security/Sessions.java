package dev.tocsin.server.security;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is signed in with a browser. The store keeps a hash of the cookie, so that who reads it cannot use it. */
public final class Sessions {

    /** How long a session lasts; nothing prolongs it. */
    public static final Duration LASTS = Duration.ofHours(8);

    /** A session ends earlier if no request comes with it for so long; what a page asks by itself counts. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How often a use is written down. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final String USED = "used";
    private static final String KIND = "session";
    private static final String ANYWHERE = "";
    private static final int TOKEN_BYTES = 32;

    private final Store store;
    private final AccessKeys keys;
    private final Users users;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Attempts attempts;

    /** Who signs in. */
    private record Person(String principal, String account, Role role) {}

    /**
     * A session just made.
     *
     * @param token for the cookie
     * @param csrf to be sent in a header with each write
     * @param principal an access key's id, or {@code user/NAME}
     */
    public record Fresh(String token, String csrf, String principal, String account, Role role) {}

    /** A session that lasts. */
    public record Open(String id, String csrf, String principal, String account, Role role) {

        /** Whether {@code sent} is its token against forged requests. */
        public boolean isCsrf(@Nullable String sent) {
            return sent != null
                    && MessageDigest.isEqual(
                            sent.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Somebody tried too often. */
    public static final class TooOften extends Exception {
        private static final long serialVersionUID = 1;
        private final long seconds;

        private TooOften(long seconds) {
            super("Too many wrong tries; the next one is answered in " + seconds + " seconds.");
            this.seconds = seconds;
        }

        /** Until the next try is answered. */
        public long seconds() {
            return seconds;
        }
    }

    /** Sessions of {@code keys} and {@code users}, kept in {@code store}. */
    public Sessions(Store store, AccessKeys keys, Users users, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.users = users;
        this.random = random;
        this.clock = clock;
        this.attempts = new Attempts(clock);
    }

    /**
     * Signs in with an access key.
     *
     * @param address where the request came from
     * @return null if it is no key, or its secret is wrong
     */
    public @Nullable Fresh withKey(String id, String secret, String address) throws StoreException, TooOften {
        return signIn(id, address, () -> key(id, secret));
    }

    /**
     * Signs in with a name and a password.
     *
     * @param address where the request came from
     * @return null if it is no user, or its password is wrong
     */
    public @Nullable Fresh withPassword(String name, String password, String address) throws StoreException, TooOften {
        return signIn(name, address, () -> {
            Users.Listed user = users.signIn(name, password);
            return user == null ? null : new Person("user/" + user.name(), user.account(), user.role());
        });
    }

    /** Looks somebody up. */
    private interface LookUp {
        @Nullable
        Person person() throws StoreException;
    }

    private @Nullable Fresh signIn(String name, String address, LookUp lookUp) throws StoreException, TooOften {
        long wait = attempts.wait(name, address);
        if (wait > 0) {
            throw new TooOften(wait);
        }
        Person person = lookUp.person();
        if (person == null) {
            attempts.wrong(name, address);
            return null;
        }
        attempts.right(name, address);
        return open(person);
    }

    private @Nullable Person key(String id, String secret) throws StoreException {
        String right = keys.secret(id);
        boolean same = MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), String.valueOf(right).getBytes(StandardCharsets.UTF_8));
        AccessKeys.Listed key = right != null && same ? keys.find(id) : null;
        return key == null ? null : new Person(id, key.account(), key.role());
    }

    private Fresh open(Person person) throws StoreException {
        Fresh fresh = new Fresh(token(), token(), person.principal(), person.account(), person.role());
        Doc document = new Doc()
                .with("principal", fresh.principal())
                .with("csrf", fresh.csrf())
                .with(USED, clock.millis())
                .with("until", clock.millis() + LASTS.toMillis());
        List<Resource> over = store.resources(ANYWHERE, ANYWHERE, KIND).stream()
                .filter(this::isOver)
                .toList();
        store.write(transaction -> {
            for (Resource session : over) {
                transaction.removeResource(ANYWHERE, ANYWHERE, KIND, session.id());
            }
            transaction.resource(new Resource(ANYWHERE, ANYWHERE, KIND, id(fresh.token()), document));
        });
        return fresh;
    }

    /** The session of the cookie {@code token}: null if it is over, or its key or user is. */
    public @Nullable Open find(String token) throws StoreException {
        Resource session = store.resource(ANYWHERE, ANYWHERE, KIND, id(token));
        if (session == null || isOver(session)) {
            return null;
        }
        noteUse(session);
        String principal = String.valueOf(session.document().text("principal"));
        String csrf = String.valueOf(session.document().text("csrf"));
        if (principal.startsWith("user/")) {
            Users.Listed user = users.find(principal.substring("user/".length()));
            return user == null ? null : new Open(session.id(), csrf, principal, user.account(), user.role());
        }
        AccessKeys.Listed key = keys.find(principal);
        return key == null ? null : new Open(session.id(), csrf, principal, key.account(), key.role());
    }

    /** Ends a session. */
    public void end(Open session) throws StoreException {
        store.write(transaction -> transaction.removeResource(ANYWHERE, ANYWHERE, KIND, session.id()));
    }

    private boolean isOver(Resource session) {
        long now = clock.millis();
        Doc document = session.document();
        return now >= document.number("until", 0) || now - document.number(USED, now) >= IDLE.toMillis();
    }

    private void noteUse(Resource session) throws StoreException {
        long now = clock.millis();
        if (now - session.document().number(USED, 0) >= NOTED.toMillis()) {
            Doc document = new Doc().withAll(session.document()).with(USED, now);
            store.write(transaction -> transaction.changeResource(session.with(document)));
        }
    }

    private static String id(String token) {
        return Hash.id("session", token);
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
