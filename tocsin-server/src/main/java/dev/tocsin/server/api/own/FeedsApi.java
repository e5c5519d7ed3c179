package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.feed.FeedReport;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** {@code /tocsin/v1/feeds}: what is at hand of each feed, and what lists contributed to the caller's findings. */
final class FeedsApi {

    private final Store store;
    private final AccountsSeen seen;
    private final Supplier<List<KeptFeed>> feeds;
    private final InstantSource clock;

    FeedsApi(Store store, AccountsSeen seen, Supplier<List<KeptFeed>> feeds, InstantSource clock) {
        this.store = store;
        this.seen = seen;
        this.feeds = feeds;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("GET feeds", OwnApi.READERS, (caller, request) -> OwnAnswers.json(200, feeds(caller)));
    }

    private Doc feeds(Call.Caller caller) throws StoreException {
        return new Doc()
                .with("days", FeedReport.DAYS)
                .with(
                        "feeds",
                        FeedReport.of(
                                feeds.get(),
                                store,
                                seen.by(caller.account()),
                                clock.instant().getEpochSecond()));
    }
}
