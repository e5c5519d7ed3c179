package dev.tocsin.server.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From what a command line names to objects: the one place that knows which source a path belongs to. */
public final class Sources {

    /** No bound on the age of objects. */
    public static final long ANY_TIME = Long.MIN_VALUE;

    private Sources() {}

    /**
     * All objects of {@code paths}: files and folders, {@code s3://bucket/prefix}; of an archive its members.
     *
     * @param since epoch seconds; objects delivered more than a day before, by the date in their key, may be left out of a
     *     bucket's listing. {@link #ANY_TIME} for all
     * @throws IOException if a path is not there or cannot be listed; its message tells a person what to do
     */
    public static List<SourceObject> list(List<String> paths, long since) throws IOException {
        List<SourceObject> objects = new ArrayList<>();
        S3Source buckets = null; // the SDK's classes are loaded only for a path in a bucket
        for (String path : paths) {
            if (S3Location.is(path)) {
                S3Location at = S3Location.parse(path);
                buckets = buckets == null ? S3Source.fromEnvironment() : buckets;
                objects.addAll(buckets.list(at, since));
            } else {
                objects.addAll(FolderSource.list(path));
            }
        }
        return Archives.expand(objects);
    }
}
