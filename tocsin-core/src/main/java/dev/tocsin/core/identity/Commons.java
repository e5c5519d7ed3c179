package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many identities of an account have ever used which values of one feature, by peers: what a value that is new to an
 * identity is judged by. An identity counts once a value.
 */
final class Commons {

    /** Values kept; later ones count as unknown. An entry of 64 KB holds them. */
    static final int MOST_VALUES = 4_000;

    private static final int BITS = 10;
    private static final int MOST = (1 << BITS) - 1;

    private final Map<Long, Integer> users = new HashMap<>();
    private final int[] total = new int[Actor.Peers.values().length];
    private final int[] values = new int[Actor.Peers.values().length];
    private int kinds;

    /** Identities among {@code peers} that used the value. */
    int users(long value, Actor.Peers peers) {
        return (users.getOrDefault(value, 0) >>> (BITS * peers.number())) & MOST;
    }

    /** Of how many kinds the identities are that used it. */
    int kinds(long value) {
        int used = users.getOrDefault(value, 0);
        int kinds = 0;
        for (int rest = used; rest != 0; rest >>>= BITS) {
            kinds += (rest & MOST) == 0 ? 0 : 1;
        }
        return kinds;
    }

    /** {@link #users} summed over all values. */
    int total(Actor.Peers peers) {
        return total[peers.number()];
    }

    /** Values that {@code peers} used. */
    int values(Actor.Peers peers) {
        return values[peers.number()];
    }

    /** {@link #kinds} summed over all values. */
    int totalKinds() {
        return kinds;
    }

    /** Values used by anybody. */
    int values() {
        return users.size();
    }

    /** One more identity uses the value. */
    void add(long value, Actor.Peers peers) {
        Integer used = users.get(value);
        if (used == null && users.size() >= MOST_VALUES) {
            return;
        }
        int before = users(value, peers);
        if (before == MOST) {
            return;
        }
        users.put(value, (used == null ? 0 : used) + (1 << (BITS * peers.number())));
        total[peers.number()]++;
        values[peers.number()] += before == 0 ? 1 : 0;
        kinds += before == 0 ? 1 : 0;
    }

    /** One identity less uses the value. */
    void remove(long value, Actor.Peers peers) {
        Integer used = users.get(value);
        int before = users(value, peers);
        if (used == null || before == 0 || before == MOST) {
            return; // never added, or no longer counted
        }
        int left = used - (1 << (BITS * peers.number()));
        if (left == 0) {
            users.remove(value);
        } else {
            users.put(value, left);
        }
        total[peers.number()]--;
        values[peers.number()] -= before == 1 ? 1 : 0;
        kinds -= before == 1 ? 1 : 0;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<Long, Integer> one : new TreeMap<>(users).entrySet()) {
            out.writeNumber(one.getKey());
            out.writeNumber(one.getValue());
        }
        out.writeEndArray();
    }

    static Commons read(JsonParser in) throws IOException {
        Commons commons = new Commons();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long value = in.getLongValue();
            int used = in.nextIntValue(0);
            for (Actor.Peers peers : Actor.Peers.values()) {
                int count = (used >>> (BITS * peers.number())) & MOST;
                commons.total[peers.number()] += count;
                commons.values[peers.number()] += count == 0 ? 0 : 1;
                commons.kinds += count == 0 ? 0 : 1;
            }
            commons.users.put(value, used);
        }
        return commons;
    }
}
