package dev.tocsin.server.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From what a command line names to objects: the one place that knows which source a path belongs to. */
public final class Sources {

    private Sources() {}

    /**
     * All objects of {@code paths}: files and folders, {@code s3://bucket/prefix}, of an archive its members; but for
     * those that hold no event of {@code span}, by the time in their name or the date of their folder.
     *
     * @throws IOException if a path is not there or cannot be listed; its message tells a person what to do
     */
    public static Listing list(List<String> paths, Span span) throws IOException {
        KeyDates dates = new KeyDates(span);
        Listing listing = new Listing();
        S3Source buckets = null; // the SDK's classes are loaded only for a path in a bucket
        for (String path : paths) {
            if (S3Location.is(path)) {
                S3Location at = S3Location.parse(path);
                buckets = buckets == null ? S3Source.fromEnvironment() : buckets;
                Listing bucket = buckets.list(at, dates);
                listing.objects().addAll(bucket.objects());
                listing.passed().addAll(bucket.passed());
            } else {
                FolderSource.list(path).forEach(object -> listing.add(object, below(path, object.name()), dates));
            }
        }
        return members(listing, dates);
    }

    /** The same with each archive's members in its place. */
    private static Listing members(Listing listing, KeyDates dates) {
        Listing whole = new Listing(new ArrayList<>(), listing.passed());
        for (SourceObject object : Archives.expand(listing.objects())) {
            int member = object.name().indexOf("!/");
            whole.add(object, member < 0 ? "" : object.name().substring(member + 2), dates);
        }
        return whole;
    }

    /** The part of {@code name} that may carry dates of delivery: not the folders in which somebody keeps the logs. */
    private static String below(String path, String name) {
        return name.equals(path) ? name.substring(name.lastIndexOf('/') + 1) : name.substring(path.length());
    }
}
