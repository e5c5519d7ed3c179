package dev.tocsin.server.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single files by address, as the API writes the place of a list (F58): in a bucket, on a web server, on this machine. */
public final class Locations {

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final int OK = 200;

    /** {@code https://s3.amazonaws.com/BUCKET/KEY}, with or without a Region in the host. */
    private static final Pattern PATH_STYLE =
            Pattern.compile("https?://s3(?:[.-][a-z0-9-]+)?\\.amazonaws\\.com/([^/]+)/(.+)");

    /** {@code http://BUCKET.s3.amazonaws.com/KEY}, with or without a Region in the host. */
    private static final Pattern HOST_STYLE =
            Pattern.compile("https?://([^/]+)\\.s3(?:[.-][a-z0-9-]+)?\\.amazonaws\\.com/(.+)");

    private Locations() {}

    /** {@code location} as {@code s3://BUCKET/KEY} if it is in a bucket, else as it stands. */
    static String canonical(String location) {
        for (Pattern pattern : List.of(PATH_STYLE, HOST_STYLE)) {
            Matcher matcher = pattern.matcher(location);
            if (matcher.matches()) {
                return "s3://" + matcher.group(1) + "/" + matcher.group(2);
            }
        }
        return location;
    }

    /**
     * The file at {@code location}.
     *
     * @throws IOException if it is not there or cannot be had; its message is for people
     */
    public static InputStream open(String location) throws IOException, InterruptedException {
        String place = canonical(location);
        if (S3Location.is(place)) {
            return inBucket(place);
        }
        URI uri;
        try {
            uri = URI.create(place);
        } catch (IllegalArgumentException e) {
            throw new IOException(place + ": no address", e);
        }
        return "file".equalsIgnoreCase(uri.getScheme()) ? Files.newInputStream(Path.of(uri)) : overHttp(uri);
    }

    private static InputStream inBucket(String place) throws IOException {
        List<SourceObject> objects = Sources.list(List.of(place), Span.ALL).objects();
        for (SourceObject object : objects) {
            if (object.name().equals(place)) {
                return object.opener().open();
            }
        }
        throw new IOException(place + ": no such object");
    }

    private static InputStream overHttp(URI uri) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("User-Agent", "tocsin")
                .build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            response.body().close();
            throw new IOException(uri + ": the server answered " + response.statusCode());
        }
        return response.body();
    }
}
