package dev.tocsin.server.security;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tries to sign in and says when there were too many: of one name from one address, of one address, of one
 * name. Bounded; what is forgotten first is what was tried longest ago.
 */
public final class Attempts {

    /** Wrong tries of a name from one address after which it is refused. */
    static final int PAIR = 5;

    /** Wrong tries from one address, whatever the names. */
    static final int ADDRESS = 20;

    /** Wrong tries of a name from wherever: guessing spread over many addresses. */
    static final int NAME = 100;

    /** How long a refusal lasts, and how long a try counts. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int MOST_KEPT = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true);

    private record Tries(int count, long since) {}

    /** Nothing tried yet. */
    public Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /** Seconds until {@code name} may be tried again from {@code address}, or 0 if it may now. */
    public synchronized long wait(String name, String address) {
        return Math.max(
                wait(pair(name, address), PAIR),
                Math.max(wait("address " + address, ADDRESS), wait("name " + name, NAME)));
    }

    private long wait(String key, int most) {
        Tries made = tries.get(key);
        if (made == null || made.count() < most) {
            return 0;
        }
        long left = WINDOW.toMillis() - (clock.millis() - made.since());
        return left <= 0 ? 0 : left / 1_000 + 1;
    }

    /** A try was wrong. */
    public synchronized void wrong(String name, String address) {
        count(pair(name, address));
        count("address " + address);
        count("name " + name);
    }

    private void count(String key) {
        long now = clock.millis();
        Tries made = tries.get(key);
        boolean old = made == null || now - made.since() >= WINDOW.toMillis();
        tries.put(key, old || made == null ? new Tries(1, now) : new Tries(made.count() + 1, now));
        if (tries.size() > MOST_KEPT) {
            tries.remove(tries.keySet().iterator().next());
        }
    }

    /** A try was right: what was mistyped before it is forgotten. */
    synchronized void right(String name, String address) {
        tries.remove(pair(name, address));
    }

    private static String pair(String name, String address) {
        return "pair " + name + " " + address;
    }
}
