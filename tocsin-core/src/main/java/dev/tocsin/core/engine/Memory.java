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

    private Memory() {}

    /** The entry's name: each detector has names of its own. */
    static String entry(Detector detector, String name) {
        return detector.getClass().getSimpleName() + "/" + name;
    }

    /** Remembers {@code fact}, or forgets what is there if it is null. */
    static void put(Detector detector, String name, @Nullable Doc fact, KeyContext key) {
        String entry = entry(detector, name);
        boolean known = key.get(KIND, entry) != null;
        if (fact == null) {
            key.remove(KIND, entry);
        } else {
            key.put(KIND, entry, fact);
        }
        if (known == (fact == null)) {
            count(detector.getClass().getSimpleName(), name, fact != null, key);
        }
    }

    private static void count(String detector, String name, boolean added, KeyContext key) {
        Doc kept = key.get(ORDER, detector);
        Doc was = kept == null ? new Doc() : kept;
        long count = was.number(COUNT, 0) + (added ? 1 : -1);
        long oldest = was.number(OLDEST, 0);
        long next = was.number(NEXT, 0);
        if (added) {
            key.put(ORDER, detector + "/" + next, new Doc().with(NAME, name));
            next++;
        }
        boolean there = isThere(detector, oldest, key);
        while (oldest < next && (!there || count > Context.MEMORY_LIMIT || next - oldest > 2L * Context.MEMORY_LIMIT)) {
            forget(detector, oldest, key);
            count -= there ? 1 : 0;
            oldest++;
            there = isThere(detector, oldest, key);
        }
        key.put(
                ORDER,
                detector,
                new Doc().with(COUNT, count).with(OLDEST, oldest).with(NEXT, next));
    }

    private static boolean isThere(String detector, long number, KeyContext key) {
        Doc order = key.get(ORDER, detector + "/" + number);
        return order != null && key.get(KIND, detector + "/" + order.text(NAME)) != null;
    }

    private static void forget(String detector, long number, KeyContext key) {
        Doc order = key.get(ORDER, detector + "/" + number);
        if (order != null) {
            key.remove(KIND, detector + "/" + order.text(NAME));
            key.remove(ORDER, detector + "/" + number);
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
