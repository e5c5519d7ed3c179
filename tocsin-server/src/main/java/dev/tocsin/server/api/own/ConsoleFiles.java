package dev.tocsin.server.api.own;

import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, as its module built them. Its pages are told apart behind the #, so that there is one document; the
 * others have a digest in their names and are kept for a year.
 */
final class ConsoleFiles {

    private static final String FOLDER = "/dev/tocsin/console/";
    private static final String DOCUMENT = "index.html";
    private static final Pattern FILE =
            Pattern.compile("/(?:assets/)?[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.(?:js|css|svg)");

    /** What the document may load: nothing from elsewhere. Components set styles of elements. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "svg",
            "image/svg+xml");

    /** Whether {@code request} is for one of them. */
    boolean isFor(ApiRequest request) {
        String path = request.rawPath();
        return (request.method().equals("GET") || request.method().equals("HEAD"))
                && (path.equals("/") || FILE.matcher(path).matches());
    }

    /** The file that {@code request} is for. */
    ApiAnswer answer(ApiRequest request) {
        boolean document = request.rawPath().equals("/");
        String name = document ? DOCUMENT : request.rawPath().substring(1);
        boolean packs = String.valueOf(request.header("accept-encoding")).contains("gzip");
        byte[] packed = packs ? read(name + ".gz") : null;
        byte[] bytes = packed == null ? read(name) : packed;
        if (bytes == null) {
            return OwnAnswers.message(404, document ? "This build has no console." : "There is no such file.");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
        headers.put("Cache-Control", name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
        headers.put("Vary", "Accept-Encoding");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        if (packed != null) {
            headers.put("Content-Encoding", "gzip");
        }
        if (document) {
            headers.put("Content-Security-Policy", POLICY);
            headers.put("X-Frame-Options", "DENY");
            headers.put("Cross-Origin-Opener-Policy", "same-origin");
        }
        return new ApiAnswer(200, headers, request.method().equals("HEAD") ? new byte[0] : bytes);
    }

    private static byte @Nullable [] read(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
