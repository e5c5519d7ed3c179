package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that detectors remember for a key: one small object each, and for each detector the order in which names came,
 * so that the oldest goes when there are too many.
 */
final class Memory {

    static final StateKind<Doc> KIND = new StateKind<>("memory", 1, new StateKind.Codec<>() {
        @Override
        public void write(Doc fact, JsonGenerator out) throws IOException {
            fact.write(out);
        }

        @Override
        public Doc read(JsonParser in, int version) throws IOException {
            in.nextToken();
            return Doc.read(in);
        }
    });

    /** By detector: how many facts there are, and the numbers of the oldest and the next; by number: a name. */
    private static final StateKind<Doc> ORDER = StateKind.ofDocs("memoryOrder", 1);

    private static final String COUNT = "count";
    private static final String OLDEST = "oldest";
    private static final String NEXT = "next";
    private static final String NAME = "name";
    private static final String PASSING = " passing";

    private Memory() {}

    /** The entry's name: each detector has names of its own. */
    static String entry(Detector detector, String name) {
        return detector.getClass().getSimpleName() + "/" + name;
    }

    /** Remembers {@code fact}, or forgets what is there if it is null. */
    static void put(Detector detector, String name, @Nullable Doc fact, KeyContext key) {
        String entry = entry(detector, name);
        Doc old = key.get(KIND, entry);
        boolean known = old != null;
        if (fact == null) {
            key.remove(KIND, entry);
        } else {
            key.put(KIND, entry, fact);
        }
        if (known == (fact == null)) {
            count(detector.getClass().getSimpleName(), name, fact, fact == null ? old : fact, key);
        }
    }

    /** Facts whose time will be over stand in a row of their own, so that those that last do not hold them up. */
    private static String row(String detector, @Nullable Doc fact) {
        return fact != null && fact.get(Context.UNTIL) != null ? detector + PASSING : detector;
    }

    /**
     * Forgets the facts of {@code detector} whose time is over at {@code now}. They stand in the order in which they were
     * first remembered; one that is of use longer than it was then goes to the end.
     */
    static void expire(Detector detector, long now, KeyContext key) {
        String facts = detector.getClass().getSimpleName();
        String name = facts + PASSING;
        Doc kept = key.get(ORDER, name);
        if (kept == null) {
            return;
        }
        long count = kept.number(COUNT, 0);
        long oldest = kept.number(OLDEST, 0);
        long next = kept.number(NEXT, 0);
        for (long end = next; oldest < end; oldest++) {
            Doc order = key.get(ORDER, name + "/" + oldest);
            if (order != null && order.number(Context.UNTIL, Long.MAX_VALUE) > now) {
                break;
            }
            Doc fact = order == null ? null : key.get(KIND, facts + "/" + order.text(NAME));
            key.remove(ORDER, name + "/" + oldest);
            if (order != null && fact != null && until(fact) > now) {
                key.put(ORDER, name + "/" + next++, order(String.valueOf(order.text(NAME)), fact));
            } else if (order != null && fact != null) {
                key.remove(KIND, facts + "/" + order.text(NAME));
                count--;
            }
        }
        if (oldest != kept.number(OLDEST, 0)) {
            key.put(
                    ORDER,
                    name,
                    new Doc().with(COUNT, count).with(OLDEST, oldest).with(NEXT, next));
        }
    }

    private static long until(Doc fact) {
        return fact.number(Context.UNTIL, Long.MAX_VALUE);
    }

    private static Doc order(String name, Doc fact) {
        return new Doc()
                .with(NAME, name)
                .with(Context.UNTIL, until(fact) == Long.MAX_VALUE ? null : fact.get(Context.UNTIL));
    }

    private static void count(String detector, String name, @Nullable Doc fact, @Nullable Doc counted, KeyContext key) {
        boolean added = fact != null;
        String row = row(detector, counted);
        Doc kept = key.get(ORDER, row);
        Doc was = kept == null ? new Doc() : kept;
        long count = was.number(COUNT, 0) + (added ? 1 : -1);
        long oldest = was.number(OLDEST, 0);
        long next = was.number(NEXT, 0);
        if (fact != null) {
            key.put(ORDER, row + "/" + next, order(name, fact));
            next++;
        }
        boolean there = isThere(detector, row, oldest, key);
        while (oldest < next && (!there || count > Context.MEMORY_LIMIT || next - oldest > 2L * Context.MEMORY_LIMIT)) {
            forget(detector, row, oldest, key);
            count -= there ? 1 : 0;
            oldest++;
            there = isThere(detector, row, oldest, key);
        }
        key.put(ORDER, row, new Doc().with(COUNT, count).with(OLDEST, oldest).with(NEXT, next));
    }

    private static boolean isThere(String detector, String row, long number, KeyContext key) {
        Doc order = key.get(ORDER, row + "/" + number);
        return order != null && key.get(KIND, detector + "/" + order.text(NAME)) != null;
    }

    private static void forget(String detector, String row, long number, KeyContext key) {
        Doc order = key.get(ORDER, row + "/" + number);
        if (order != null) {
            key.remove(KIND, detector + "/" + order.text(NAME));
            key.remove(ORDER, row + "/" + number);
        }
    }

    /** Forgets all that any detector remembers for {@code key}. */
    static void clear(KeyContext key) {
        for (StateKind<Doc> kind : List.of(KIND, ORDER)) {
            List<String> names = new ArrayList<>();
            key.forEach(kind, (name, fact) -> names.add(name));
            names.forEach(name -> key.remove(kind, name));
        }
    }
}
