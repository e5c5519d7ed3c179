package dev.tocsin.server.feed;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.store.ListUse;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is at hand of feeds, and what they and other lists contributed to findings. */
public final class FeedReport {

    /** Days of findings that are looked at: those that stand in the store by default. */
    public static final int DAYS = 90;

    private static final long DAY_SECONDS = 86_400;

    private FeedReport() {}

    /**
     * A row a list, feeds first.
     *
     * @param feeds what is kept
     * @param store the findings, or null to leave them out
     * @param sees the accounts whose findings count
     * @param now epoch seconds
     */
    public static List<Doc> of(List<KeptFeed> feeds, @Nullable Store store, Predicate<@Nullable String> sees, long now)
            throws StoreException {
        Map<String, ListUse> uses =
                store == null ? Map.of() : ListUse.since(store, (now - DAYS * DAY_SECONDS) * 1000, sees);
        List<Doc> rows = new ArrayList<>();
        for (KeptFeed kept : feeds) {
            Feed feed = kept.feed();
            Doc row = new Doc()
                    .with("name", feed.name())
                    .with("url", feed.place())
                    .with("format", feed.format())
                    .with(
                            "category",
                            feed.category() == null ? null : feed.category().wireName())
                    .with("entries", kept.entries())
                    .with("fetchedAt", Times.iso(kept.fetchedAt()))
                    .with("checkedAt", Times.iso(kept.checkedAt()))
                    .with("ageSeconds", Math.max(0, now - kept.fetchedAt()))
                    .with("trouble", kept.trouble());
            rows.add(store == null ? row : with(row, uses.getOrDefault(feed.name(), ListUse.NONE)));
        }
        Set<String> known = feeds.stream().map(kept -> kept.feed().name()).collect(Collectors.toSet());
        for (String name : ListUse.others(uses, known)) {
            rows.add(with(new Doc().with("name", name), uses.getOrDefault(name, ListUse.NONE)));
        }
        return rows;
    }

    /** What is kept in {@code folder}, for {@link #of}. */
    public static List<KeptFeed> kept(DataFolder folder) {
        try {
            return folder.feeds();
        } catch (IOException e) {
            return List.of(); // unreadable this moment; its own alarm says so
        }
    }

    private static Doc with(Doc row, ListUse use) {
        return row.with("findings", use.findings())
                .with("alone", use.alone())
                .with("amongOthers", use.among())
                .with("archivedPercent", use.archivedPercent());
    }
}
