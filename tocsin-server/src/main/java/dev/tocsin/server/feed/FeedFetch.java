package dev.tocsin.server.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a feed to a file: over https or http, only if it changed since; from a TAXII or MISP server; or from a file. */
final class FeedFetch {

    /** Bytes of the largest list that is fetched. Ours: 100 times the largest public feed that is known. */
    static final long MOST_BYTES = 256L << 20;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /**
     * What came.
     *
     * @param changed false: the list at hand is still right, and nothing was written
     * @param etag the answer's ETag, or null
     * @param lastModified the answer's Last-Modified as sent, or null
     * @param modifiedAt the same in epoch seconds, 0 if it is not known
     */
    record Answer(
            boolean changed,
            @Nullable String etag,
            @Nullable String lastModified,
            long modifiedAt) {}

    private static final String TAXII = "taxii+";
    private static final String MISP = "misp+";

    private final FeedHttp http = FeedHttp.open();
    private final long mostBytes;
    private final TaxiiFetch taxii;
    private final MispFetch misp;

    /** Lists of at most {@code mostBytes}; {@code environment} holds the secrets of {@link FeedSecrets}. */
    FeedFetch(long mostBytes, InstantSource clock, Map<String, String> environment) {
        this.mostBytes = mostBytes;
        FeedSecrets secrets = new FeedSecrets(environment);
        this.taxii = new TaxiiFetch(secrets, clock, mostBytes);
        this.misp = new MispFetch(secrets, mostBytes);
    }

    /**
     * Writes what {@code feed} is now into {@code target}, unless it is as {@code known} has it.
     *
     * @param last the list at hand
     * @throws IOException if it cannot be had whole; its message is for people
     */
    Answer fetch(Feed feed, @Nullable KeptFeed known, Path target, Path last) throws IOException, InterruptedException {
        KeptFeed same = known != null && known.feed().url().equals(feed.url()) ? known : null;
        String url = feed.url().toString();
        if (url.regionMatches(true, 0, TAXII, 0, TAXII.length())) {
            return taxii.fetch(feed, URI.create(url.substring(TAXII.length())), same, target, last);
        }
        if (url.regionMatches(true, 0, MISP, 0, MISP.length())) {
            return misp.fetch(feed, URI.create(url.substring(MISP.length())), target);
        }
        return "file".equalsIgnoreCase(feed.url().getScheme())
                ? fromFile(feed.url(), same, target)
                : overHttp(feed.url(), same, target);
    }

    private Answer fromFile(URI url, @Nullable KeptFeed known, Path target) throws IOException {
        Path file = Path.of(url);
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        boolean changed = known == null || !modified.toString().equals(known.lastModified());
        if (changed) {
            try (InputStream in = Files.newInputStream(file)) {
                copy(in, target);
            }
        }
        return new Answer(changed, null, modified.toString(), modified.getEpochSecond());
    }

    private Answer overHttp(URI url, @Nullable KeptFeed known, Path target) throws IOException, InterruptedException {
        HttpRequest.Builder request = FeedHttp.request(url);
        if (known != null && known.etag() != null) {
            request.header("If-None-Match", known.etag());
        }
        if (known != null && known.lastModified() != null) {
            request.header("If-Modified-Since", known.lastModified());
        }
        HttpResponse<InputStream> response = http.send(request.build());
        try (InputStream body = response.body()) {
            String etag = response.headers().firstValue("ETag").orElse(null);
            String modified = response.headers().firstValue("Last-Modified").orElse(null);
            if (response.statusCode() == NOT_MODIFIED && known != null) {
                return new Answer(false, known.etag(), known.lastModified(), 0);
            }
            if (response.statusCode() != OK) {
                throw new IOException("the server answered " + response.statusCode());
            }
            copy(body, target);
            return new Answer(true, etag, modified, seconds(modified));
        }
    }

    private void copy(InputStream in, Path target) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                bytes += got;
                if (bytes > mostBytes) {
                    throw new IOException("it is larger than " + mostBytes + " bytes");
                }
                out.write(buffer, 0, got);
            }
        }
    }

    private static long seconds(@Nullable String httpDate) {
        try {
            return httpDate == null
                    ? 0
                    : ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toEpochSecond();
        } catch (DateTimeException e) {
            return 0; // the header is used as sent, the date is not known
        }
    }
}
