package dev.tocsin.server.watch;

import dev.tocsin.server.host.LiveAnalysis.Outcome;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.FirehoseSource.Delivery;
import dev.tocsin.server.source.FirehoseSource.Kept;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Requests that were sent here. Each is answered once the store holds what it brought; nobody can ask for one again, so what
 * nobody wanted of it is gone. Used by one thread.
 */
final class ReceivedArrivals implements Arrivals {

    private final FirehoseSource source;
    private final WasRead wasRead;
    private List<Delivery> given = List.of();
    private boolean behind;

    /** Takes what comes to {@code source} from now on. */
    ReceivedArrivals(FirehoseSource source, WasRead wasRead) {
        this.source = source;
        this.wasRead = wasRead;
        source.begin();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<SourceObject> look(long now) throws StoreException {
        List<Delivery> taken = source.take();
        behind = source.isBehind(taken, now);
        List<Delivery> fresh = new ArrayList<>();
        for (Delivery delivery : taken) {
            if (wasRead.test(delivery.object())) {
                source.settle(delivery, Kept.KEPT);
            } else {
                fresh.add(delivery);
            }
        }
        given = fresh;
        return fresh.stream().map(Delivery::object).toList();
    }

    @Override
    public void settled(Map<ObjectIdentity, Outcome> outcomes, long now) {
        for (Delivery delivery : given) {
            boolean kept = outcomes.containsKey(ObjectIdentity.of(delivery.object()));
            source.settle(delivery, kept ? Kept.KEPT : Kept.AGAIN);
        }
        given = List.of();
    }

    @Override
    public void again() {
        // it is not here any more
    }

    @Override
    public boolean isBehind() {
        return behind;
    }
}
