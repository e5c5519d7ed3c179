package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.security.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The way to the service. The old client of the JDK, which needs a third of the new one's memory. */
final class Uplink {

    private static final int CONNECT_MILLIS = 10_000;

    /** The service answers once a batch is in its store; it gives up after 150 s itself. */
    private static final int ANSWER_MILLIS = 160_000;

    private static final int LONGEST_ANSWER = 4_096;

    private final URI server;
    private final String key;
    private final @Nullable SSLSocketFactory trusting;

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param message what the service says is wrong; empty if it says nothing
     */
    record Answer(int status, String message) {
        boolean isDone() {
            return status == 200;
        }

        /** Whether the service will never take what was sent. */
        boolean isFinal() {
            return status == 400 || status == 413;
        }
    }

    /**
     * To {@code server}.
     *
     * @param server the receiver's whole URL, such as https://tocsin.example.com/agent/hosts
     * @param key that proves the agent
     * @param certificate PEM: who the service's certificate is by; null for those that the JDK trusts
     */
    Uplink(URI server, String key, @Nullable Path certificate) throws IOException {
        this.server = server;
        this.key = key;
        trusting = certificate == null
                ? null
                : TrustedCertificates.trusting(certificate).getSocketFactory();
    }

    /** Sends a batch called {@code id} that was made at {@code made}, epoch milliseconds. */
    Answer batch(String id, long made, byte[] packed) throws IOException {
        HttpURLConnection connection = connection("");
        connection.setRequestProperty("X-Tocsin-Request-Id", id);
        connection.setRequestProperty("X-Tocsin-Made", Long.toString(made));
        connection.setRequestProperty("Content-Encoding", "gzip");
        connection.setRequestProperty("Content-Type", "text/plain");
        return sent(connection, packed);
    }

    /** Sends reports on the agent's health. */
    Answer health(Doc reports) throws IOException {
        HttpURLConnection connection = connection("/health");
        connection.setRequestProperty("Content-Type", "application/json");
        return sent(connection, reports.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private HttpURLConnection connection(String below) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(server + below).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure && trusting != null) {
            secure.setSSLSocketFactory(trusting);
        }
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(ANSWER_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + key);
        return connection;
    }

    private static Answer sent(HttpURLConnection connection, byte[] body) throws IOException {
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            String text = in == null ? "" : new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
            return new Answer(status, status == 200 ? "" : text);
        }
    }
}
