package dev.tocsin.server.serve;

import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is new at a source. An object that may still grow is taken once it was met unchanged twice. */
final class Arrivals {

    /** What objects that arrive together are awaited at most, in milliseconds, so that they are taken in one order. */
    private static final long TOGETHER_MILLIS = 3_000;

    private final LiveSource source;
    private final WasRead wasRead;
    private final Set<ObjectIdentity> known = new HashSet<>();
    private Set<ObjectIdentity> last = Set.of();
    private long since;
    private long nextLook;

    /** Knows what was read. */
    @FunctionalInterface
    interface WasRead {
        /** Whether the object was read as it is now. */
        boolean test(SourceObject object) throws StoreException;
    }

    Arrivals(LiveSource source, WasRead wasRead) {
        this.source = source;
        this.wasRead = wasRead;
    }

    String name() {
        return source.name();
    }

    /** Forgets what was met: what was not read comes again. */
    void forget() {
        known.clear();
        nextLook = 0;
    }

    /**
     * What has come and was not read, archives replaced by their members.
     *
     * @param now the host's time, epoch milliseconds
     * @throws IOException if the source does not answer
     */
    List<SourceObject> look(long now) throws IOException {
        if (now < nextLook) {
            return List.of();
        }
        nextLook = now + source.everyMillis();
        List<SourceObject> fresh = fresh();
        Set<ObjectIdentity> met = new HashSet<>();
        fresh.forEach(object -> met.add(ObjectIdentity.of(object)));
        if (source.growing() && !isQuiet(met, now)) {
            return List.of();
        }
        List<SourceObject> settled = fresh.stream()
                .filter(object -> !source.growing() || last.contains(ObjectIdentity.of(object)))
                .toList();
        settled.forEach(object -> known.add(ObjectIdentity.of(object)));
        last = met;
        since = now;
        return unread(LiveSource.members(settled));
    }

    /** Whether nothing has come since the last look, or it has been going on for too long to wait. */
    private boolean isQuiet(Set<ObjectIdentity> met, long now) {
        if (last.isEmpty()) {
            since = now;
        }
        boolean quiet = met.equals(last) || now - since >= TOGETHER_MILLIS;
        if (!quiet) {
            last = met;
        }
        return quiet;
    }

    private List<SourceObject> fresh() throws IOException {
        List<SourceObject> fresh = new ArrayList<>();
        for (SourceObject object : source.list()) {
            if (!known.contains(ObjectIdentity.of(object))) {
                if (wasRead.test(object)) {
                    known.add(ObjectIdentity.of(object));
                } else {
                    fresh.add(object);
                }
            }
        }
        return fresh;
    }

    private List<SourceObject> unread(List<SourceObject> objects) throws StoreException {
        List<SourceObject> unread = new ArrayList<>();
        for (SourceObject object : objects) {
            if (!wasRead.test(object)) {
                unread.add(object);
            }
        }
        return unread;
    }
}
