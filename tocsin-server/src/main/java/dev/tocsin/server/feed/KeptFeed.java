package dev.tocsin.server.feed;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a feed beside its last good list.
 *
 * @param feed which, with the format it was last read as
 * @param etag the answer's ETag, or null
 * @param lastModified the answer's Last-Modified as sent, or null
 * @param dated the time for which the list holds by its maker's word, epoch seconds: Last-Modified, else when it was fetched
 *     or last found unchanged
 * @param fetchedAt when the list at hand came, epoch seconds
 * @param checkedAt when its maker last said that the list at hand is right, epoch seconds
 * @param entries distinct entries in it
 * @param trouble why the last try gave nothing new, or null
 */
public record KeptFeed(
        Feed feed,
        @Nullable String etag,
        @Nullable String lastModified,
        long dated,
        long fetchedAt,
        long checkedAt,
        long entries,
        @Nullable String trouble) {

    /** The same, found unchanged at {@code now}, epoch seconds. */
    KeptFeed unchanged(long now) {
        return new KeptFeed(
                feed, etag, lastModified, lastModified == null ? now : dated, fetchedAt, now, entries, null);
    }

    /** The same after a try that gave nothing. */
    KeptFeed troubled(String why) {
        return new KeptFeed(feed, etag, lastModified, dated, fetchedAt, checkedAt, entries, why);
    }

    Doc toDoc() {
        return new Doc()
                .with("name", feed.name())
                .with("url", feed.url().toString())
                .with("format", feed.format())
                .with(
                        "category",
                        feed.category() == null ? null : feed.category().wireName())
                .with("terms", feed.terms())
                .with("what", feed.what())
                .with("etag", etag)
                .with("lastModified", lastModified)
                .with("dated", dated)
                .with("fetchedAt", fetchedAt)
                .with("checkedAt", checkedAt)
                .with("minutes", feed.minutes() == 0 ? null : feed.minutes())
                .with("entries", entries)
                .with("trouble", trouble);
    }

    static KeptFeed of(Doc doc) {
        String category = doc.text("category");
        return new KeptFeed(
                new Feed(
                        String.valueOf(doc.text("name")),
                        URI.create(String.valueOf(doc.text("url"))),
                        doc.text("format"),
                        category == null ? null : Category.of(category),
                        String.valueOf(doc.text("terms")),
                        String.valueOf(doc.text("what")),
                        (int) doc.number("minutes", 0)),
                doc.text("etag"),
                doc.text("lastModified"),
                doc.number("dated", 0),
                doc.number("fetchedAt", 0),
                doc.number("checkedAt", doc.number("fetchedAt", 0)),
                doc.number("entries", 0),
                doc.text("trouble"));
    }
}
