package dev.tocsin.server.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Brings a feed to a file: over https or http, only if it changed since; or from a file. */
final class FeedFetch {

    /** Bytes of the largest list that is fetched. Ours: 100 times the largest public feed that is known. */
    static final long MOST_BYTES = 256L << 20;

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);
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

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final long mostBytes;

    FeedFetch(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Writes what {@code feed} is now into {@code target}, unless it is as {@code known} has it.
     *
     * @throws IOException if it cannot be had whole; its message is for people
     */
    Answer fetch(Feed feed, @Nullable KeptFeed known, Path target) throws IOException, InterruptedException {
        KeptFeed same = known != null && known.feed().url().equals(feed.url()) ? known : null;
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(ANSWER).header("User-Agent", "tocsin");
        if (known != null && known.etag() != null) {
            request.header("If-None-Match", known.etag());
        }
        if (known != null && known.lastModified() != null) {
            request.header("If-Modified-Since", known.lastModified());
        }
        HttpResponse<InputStream> response = send(request.build());
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

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(request.uri().getHost() + " cannot be reached: " + why, e);
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
