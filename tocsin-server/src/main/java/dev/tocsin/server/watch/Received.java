package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.receive.FirehoseEndpoint;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What the service notes of requests that Firehose sends. Safe for use by many threads. */
final class Received implements FirehoseEndpoint.Watcher {

    private static final System.Logger LOG = System.getLogger(Received.class.getName());

    private static final Pattern STREAM =
            Pattern.compile("arn:aws[a-z-]*:firehose:[a-z0-9-]{1,30}:\\d{12}:deliverystream/[\\w.-]{1,64}");

    /** Streams of a source that are remembered; a key that is known to more is in wrong hands. */
    private static final int MOST_STREAMS = 100;

    private final Store store;
    private final GuardedSources guarded;
    private final Map<String, SourceCounts> counts;
    private final Map<String, Set<String>> streams = new ConcurrentHashMap<>();

    Received(Store store, GuardedSources guarded, Map<String, SourceCounts> counts) {
        this.store = store;
        this.guarded = guarded;
        this.counts = counts;
    }

    @Override
    public boolean wasRead(FirehoseSource source, String id) throws StoreException {
        return new ReadObjects(store).wasRead(ObjectIdentity.of(source.identity(id)));
    }

    @Override
    public void streams(FirehoseSource source, String arn) {
        Set<String> known = streams.computeIfAbsent(source.name(), name -> ConcurrentHashMap.newKeySet());
        if (known.size() < MOST_STREAMS && STREAM.matcher(arn).matches() && known.add(arn)) {
            LOG.log(System.Logger.Level.INFO, "source " + source.name() + ": " + arn + " delivers to it");
            guarded.add(arn, source.name());
        }
    }

    @Override
    public void counted(FirehoseSource source, String result) {
        counts.getOrDefault(source.name(), new SourceCounts()).message(result);
    }

    /** Nothing is lost in silence: the request has a row of the ledger. */
    @Override
    public void lost(FirehoseSource source, String id, String reason) throws StoreException {
        SourceObject object = source.identity(id);
        LedgerRow row = new LedgerRow(object.name());
        row.read("unknown", "refused", 0, 0, 1, 0, reason);
        Doc ledger = row.toDoc();
        store.write(transaction -> transaction.object(ObjectIdentity.of(object), ledger, false));
    }
}
