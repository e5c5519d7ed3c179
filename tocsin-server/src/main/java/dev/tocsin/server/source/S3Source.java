package dev.tocsin.server.source;

import java.io.IOException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of a bucket, named by their URI, with their ETag as version. Nothing is fetched before it is opened. */
final class S3Source {

    private static final int DEEPEST_WALK = 12;

    private final S3Client client;
    private final S3Fetch fetch;

    /** Reads with {@code client}, which it keeps. */
    S3Source(S3Client client) {
        this.client = client;
        this.fetch = new S3Fetch(client);
    }

    /** Reads as the environment says: credentials, Region, endpoint. */
    static S3Source fromEnvironment() throws IOException {
        return fromEnvironment(null);
    }

    /** The same, as {@code role} if there is one. */
    static S3Source fromEnvironment(@Nullable AssumedRole role) throws IOException {
        try {
            return new S3Source(S3Clients.fromEnvironment(role));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "AWS_ENDPOINT_URL: expected a URL such as https://s3.example.com, found another text", e);
        }
    }

    /**
     * All objects whose key begins as {@code at} says, by name, but for those that hold nothing {@code dates} want.
     *
     * @throws IOException if the bucket cannot be listed or holds no such object
     */
    Listing list(S3Location at, KeyDates dates) throws IOException {
        Listing found;
        try {
            found = listed(at, dates);
        } catch (SdkException e) {
            throw S3Errors.explain(e, at.toString(), at);
        }
        if (found.objects().isEmpty() && found.passed().isEmpty()) {
            throw new IOException(at + ": the bucket holds no object whose key begins so");
        }
        return found;
    }

    /** The same, where nothing at all may be there, and without words for what goes wrong. */
    Listing listed(S3Location at, KeyDates dates) {
        Walk walk = new Walk(at, dates);
        walk.into(at.prefix(), dates.unbounded() ? DEEPEST_WALK : 0);
        walk.found.objects().sort(Comparator.comparing(SourceObject::name));
        return walk.found;
    }

    /**
     * The object {@code at}, as it is now.
     *
     * @throws SourceDown if that cannot be told at present
     * @throws IOException if it cannot be had: it is not there, or not for the caller
     */
    SourceObject object(S3Location at) throws IOException {
        try {
            HeadObjectResponse head =
                    client.headObject(request -> request.bucket(at.bucket()).key(at.prefix()));
            return new SourceObject(
                    at.toString(),
                    head.contentLength(),
                    head.lastModified().getEpochSecond(),
                    head.eTag(),
                    fetch.opener(at, head.contentLength(), head.eTag()));
        } catch (NoSuchKeyException e) {
            throw new IOException(at + ": the object is not there; it may have been deleted.", e);
        } catch (SdkException e) {
            throw S3Errors.explain(e, at.toString(), at);
        }
    }

    /** One listing. With a bound on age it goes from folder to folder, so that old days are never listed. */
    private final class Walk {
        private final S3Location at;
        private final KeyDates dates;
        private final Listing found = new Listing();

        Walk(S3Location at, KeyDates dates) {
            this.at = at;
            this.dates = dates;
        }

        void into(String prefix, int depth) {
            boolean flat = depth >= DEEPEST_WALK || KeyDates.isDay(prefix);
            String delimiter = flat ? null : "/";
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(at.bucket()).prefix(prefix).delimiter(delimiter))) {
                page.contents().forEach(this::add);
                for (CommonPrefix folder : page.commonPrefixes()) {
                    if (dates.wantsFolder(folder.prefix())) {
                        into(folder.prefix(), depth + 1);
                    } else {
                        found.passed().add(new Listing.Passed(at.uri(folder.prefix()), dates.early()));
                    }
                }
            }
        }

        private void add(S3Object object) {
            found.add(
                    new SourceObject(
                            at.uri(object.key()),
                            object.size(),
                            object.lastModified().getEpochSecond(),
                            object.eTag(),
                            fetch.opener(new S3Location(at.bucket(), object.key()), object.size(), object.eTag())),
                    object.key(),
                    dates);
        }
    }
}
