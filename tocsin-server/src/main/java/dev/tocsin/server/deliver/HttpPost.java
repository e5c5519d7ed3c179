package dev.tocsin.server.deliver;

import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts a body and reads an answer, within limits: no redirect is followed, no answer is waited for or read for long. */
final class HttpPost implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** What a post takes at most, in seconds, from the connection to the end of the answer. */
    static final long LONGEST_SECONDS = 15;

    /** Longest wait that a receiver can ask for. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private static final int LONGEST_SHOWN = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT = 400;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final URI url;
    private final boolean linkLocal;
    private final HttpClient client;

    /**
     * To {@code url}.
     *
     * @param trust who may sign the receiver's certificate; null for whom the JVM trusts
     */
    HttpPost(URI url, boolean linkLocal, @Nullable SSLContext trust) {
        this.url = url;
        this.linkLocal = linkLocal;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
        this.client =
                trust == null ? builder.build() : builder.sslContext(trust).build();
    }

    /** Posts {@code body}; the answer in words if it is one of success. */
    String post(Map<String, String> headers, String body) throws Undelivered, InterruptedException {
        Reach.check(url.getHost(), linkLocal);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(LONGEST_SECONDS))
                .header("User-Agent", "tocsin")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        return judged(answer(request.build()));
    }

    private HttpResponse<String> answer(HttpRequest request) throws Undelivered, InterruptedException {
        CompletableFuture<HttpResponse<String>> sending = client.sendAsync(request, info -> new ShortBody());
        try {
            return sending.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw Undelivered.down(place() + " did not answer within " + LONGEST_SECONDS + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof IOException failed) {
                throw Undelivered.down(place() + " cannot be reached or broke off: " + words(failed), failed);
            }
            throw Undelivered.down(place() + " cannot be sent to: " + cause, cause);
        } finally {
            sending.cancel(true);
        }
    }

    private static String words(IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof SSLException
                ? text + "; its certificate must be signed by one whom this machine trusts, or by 'certificates'"
                : text;
    }

    private String judged(HttpResponse<String> answer) throws Undelivered {
        int status = answer.statusCode();
        String said = place() + " answered " + status + shown(answer.body());
        if (status < REDIRECT) {
            return said;
        }
        if (status < CLIENT) {
            throw Undelivered.down(said + "; redirects are not followed: set the address that it leads to", null);
        }
        if (status == TOO_MANY || status == UNAVAILABLE) {
            Duration wait = retryAfter(answer);
            throw wait == null ? Undelivered.down(said, null) : Undelivered.busy(said, wait);
        }
        if (status == CLIENT || status == TOO_LARGE || status == UNPROCESSABLE) {
            throw Undelivered.refused(said);
        }
        throw Undelivered.down(said, null);
    }

    private static @Nullable Duration retryAfter(HttpResponse<String> answer) {
        String text = answer.headers().firstValue("Retry-After").orElse("");
        if (!text.matches("\\d{1,9}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(text));
        return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    }

    private static String shown(String body) {
        String brief = body.length() <= LONGEST_SHOWN ? body : body.substring(0, LONGEST_SHOWN) + " ...";
        return brief.isBlank() ? "" : ": " + Plain.text(brief.strip().replaceAll("\\s+", " "));
    }

    private String place() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
