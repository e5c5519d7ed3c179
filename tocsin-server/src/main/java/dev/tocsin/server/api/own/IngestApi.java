package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import dev.tocsin.server.watch.Guide;
import dev.tocsin.server.watch.Keeping;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /tocsin/v1/ingest}: what an engine that runs elsewhere found and read (docs/own-api.md has the form). Rows
 * of a request are kept once its findings are; what has no higher revision than what is kept changes nothing, so a request that
 * was not answered is sent again.
 */
final class IngestApi {

    /** Findings and rows of a request at most. */
    static final int MOST = 500;

    /** Findings written in one transaction: between two of them users write. */
    private static final int AT_ONCE = 50;

    private final Store store;
    private final AccountsSeen seen;
    private final Guide.Enabling enabling;
    private final InstantSource clock;
    private final AtomicLong findings = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    /**
     * Into {@code store}, for accounts that {@code seen} gives a key.
     *
     * @param enabling makes detectors where findings come from, if that is wanted
     */
    IngestApi(Store store, AccountsSeen seen, Guide.Enabling enabling, InstantSource clock) {
        this.store = store;
        this.seen = seen;
        this.enabling = enabling;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("POST ingest", EnumSet.of(Role.INGEST, Role.ADMINISTRATOR), this::ingest);
    }

    /** Finding states taken since the start. */
    long findings() {
        return findings.get();
    }

    /** Ledger rows taken since the start. */
    long rows() {
        return rows.get();
    }

    private ApiAnswer ingest(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request);
        Predicate<@Nullable String> sees = seen.by(caller.account());
        List<FindingState> states = new ArrayList<>();
        for (Doc one : docs(body, "findings")) {
            states.add(IngestForm.finding(one, "findings[" + states.size() + "]", sees));
        }
        List<Doc> objects = new ArrayList<>();
        for (Doc one : docs(body, "objects")) {
            objects.add(IngestForm.row(one, "objects[" + objects.size() + "]", sees));
        }
        for (FindingState state : states) {
            enabling.enable(state.account(), state.region());
        }
        Keeping keeping = Keeping.of(store);
        long[] counts = new long[5];
        for (int from = 0; from < states.size(); from += AT_ONCE) {
            List<FindingState> some = states.subList(from, Math.min(states.size(), from + AT_ONCE));
            store.write(transaction -> {
                for (FindingState state : some) {
                    int taken = keeping.write(transaction, state, clock.millis());
                    counts[taken < 0 ? 2 : taken == 0 ? 1 : 0]++;
                }
            });
        }
        store.write(transaction -> {
            for (Doc row : objects) {
                counts[keep(transaction, row) ? 3 : 4]++;
            }
        });
        findings.addAndGet(counts[0]);
        rows.addAndGet(counts[3]);
        return OwnAnswers.json(
                200,
                new Doc()
                        .with(
                                "findings",
                                new Doc()
                                        .with("taken", counts[0])
                                        .with("unchanged", counts[1])
                                        .with("withoutDetector", counts[2]))
                        .with("objects", new Doc().with("taken", counts[3]).with("unchanged", counts[4])));
    }

    private boolean keep(StoreTransaction transaction, Doc row) throws IOException {
        String name = String.valueOf(row.text("source"));
        String before = new ReadObjects(store).row(name);
        if (before != null && Doc.parse(before).number(IngestForm.REVISION, 0) >= row.number(IngestForm.REVISION, 1)) {
            return false;
        }
        transaction.object(new ObjectIdentity(name, 0, ""), row, true);
        return true;
    }

    private static List<Doc> docs(Doc body, String name) {
        Object value = body.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list) || list.size() > MOST) {
            throw ApiException.invalid(name, "Expected a list of at most " + MOST + " objects.");
        }
        List<Doc> docs = new ArrayList<>();
        for (Object one : list) {
            if (!(one instanceof Doc doc)) {
                throw ApiException.invalid(name + "[" + docs.size() + "]", "Expected an object.");
            }
            docs.add(doc);
        }
        return docs;
    }
}
