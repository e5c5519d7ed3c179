package dev.tocsin.flink.sink;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is posted to a service, as AWS's clients do (AWS Signature Version 4), without their libraries: the job carries no SDK.
 *
 * @param id of the access key
 * @param secret of it
 */
public record Signature(String id, String secret) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HEADERS = "host;x-amz-date";

    /** The service takes what comes at this path in any Region's name. */
    private static final String SCOPE = "/us-east-1/guardduty/aws4_request";

    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * By the key in {@code file}, which is written as AWS writes shared credentials.
     *
     * @throws IOException if it cannot be read or has no key; the message names it
     */
    public static Signature of(Path file) throws IOException {
        return new Signature(value(file, "aws_access_key_id"), value(file, "aws_secret_access_key"));
    }

    private static String value(Path file, String name) throws IOException {
        for (String line : Files.readAllLines(file)) {
            int end = line.indexOf('=');
            if (end > 0 && line.substring(0, end).strip().equals(name)) {
                return line.substring(end + 1).strip();
            }
        }
        throw new IOException(file + ": has no " + name);
    }

    /** The headers that sign a POST of {@code body} to {@code uri}, which has no query, at {@code now}. */
    public Map<String, String> post(URI uri, String body, Instant now) {
        String time = AMZ_DATE.format(now);
        String scope = time.substring(0, time.indexOf('T')) + SCOPE;
        String request = String.join(
                "\n",
                "POST",
                uri.getRawPath(),
                "",
                "host:" + host(uri),
                "x-amz-date:" + time,
                "",
                HEADERS,
                hex(sha256(bytes(body))));
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(bytes(request))));
        byte[] key = bytes("AWS4" + secret);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return Map.of(
                "X-Amz-Date",
                time,
                "Authorization",
                ALGORITHM + " Credential=" + id + "/" + scope + ", SignedHeaders=" + HEADERS + ", Signature="
                        + hex(hmac(key, toSign)));
    }

    /** As the client sends it: a port that goes without saying is left out. */
    private static String host(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
