package dev.tocsin.server.watch;

import dev.tocsin.server.host.LiveAnalysis.Outcome;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is new at a source that lists what it has. An object that may still grow is taken once it was met unchanged twice. */
final class ListedArrivals implements Arrivals {

    /** What objects that arrive together are awaited at most, in milliseconds, so that they are taken in one order. */
    private static final long TOGETHER_MILLIS = 3_000;

    /** Time after which an object that could not be had is tried again, in milliseconds. */
    static final long RETRY_MILLIS = 10 * 60 * 1000;

    private final LiveSource.Listed source;
    private final WasRead wasRead;
    private final Set<ObjectIdentity> known = new HashSet<>();
    private Set<ObjectIdentity> last = Set.of();
    private final Map<ObjectIdentity, Long> retryAt = new HashMap<>();
    private List<SourceObject> given = List.of();
    private long since;
    private long nextLook;

    ListedArrivals(LiveSource.Listed source, WasRead wasRead) {
        this.source = source;
        this.wasRead = wasRead;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void again() {
        known.clear();
        nextLook = 0;
    }

    @Override
    public boolean isBehind() {
        return false; // what is listed is taken together, in its order
    }

    @Override
    public void settled(Map<ObjectIdentity, Outcome> outcomes, long now) {
        for (SourceObject object : given) {
            ObjectIdentity identity = ObjectIdentity.of(object);
            Outcome outcome = outcomes.get(identity);
            if (outcome == null) {
                comesAgain(identity);
            } else if (outcome == Outcome.UNREACHABLE) {
                retryAt.put(identity, now + RETRY_MILLIS);
            }
        }
        given = List.of();
    }

    /** The object, or the archive of which it is a member, is met anew. */
    private void comesAgain(ObjectIdentity object) {
        int member = object.name().indexOf("!/");
        if (member < 0) {
            known.remove(object);
        } else {
            String archive = object.name().substring(0, member);
            known.removeIf(one -> one.name().equals(archive));
        }
    }

    private void retry(long now) {
        retryAt.entrySet().removeIf(one -> {
            boolean due = one.getValue() <= now;
            if (due) {
                comesAgain(one.getKey());
            }
            return due;
        });
    }

    @Override
    public List<SourceObject> look(long now) throws IOException {
        if (now < nextLook) {
            return List.of();
        }
        nextLook = now + source.everyMillis();
        retry(now);
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
        given = unread(LiveSource.members(settled));
        return given;
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
