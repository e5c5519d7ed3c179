package dev.tocsin.server.api.sign;

import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a request was signed with a key that is known (AWS Signature Version 4: signing an API request). Only the
 * headers that the client signed count, so clients that sign more or fewer all pass.
 */
public final class SignatureVerifier {

    /** How far a client's clock may be off; AWS's own figure. */
    static final Duration CLOCK_WINDOW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile(ALGORITHM + "\\s+Credential=([^/,]+)/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request,?\\s*"
                    + "SignedHeaders=([a-z0-9;_-]+),?\\s*Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String SERVICE = "guardduty";

    private final Keys keys;
    private final InstantSource clock;

    /** Knows secrets. */
    @FunctionalInterface
    public interface Keys {
        /** The secret of the access key {@code id}, or null if there is no such key or it may not be used. */
        @Nullable
        String secret(String id);
    }

    /**
     * Who signed.
     *
     * @param accessKey its id
     * @param region of the signature's scope
     */
    public record Signer(String accessKey, String region) {}

    /** Checks against {@code keys}, with {@code clock} for how old a signature is. */
    public SignatureVerifier(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Who signed {@code request}.
     *
     * @throws ApiException in AWS's words if nobody did, or nobody who is known
     */
    public Signer verify(ApiRequest request) {
        String authorization = request.header("authorization");
        if (authorization == null) {
            throw ApiException.unsigned("MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        Matcher parts = AUTHORIZATION.matcher(authorization.strip());
        if (!parts.matches()) {
            throw ApiException.unsigned(
                    "IncompleteSignatureException", "The Authorization header is no AWS Signature Version 4.");
        }
        String key = parts.group(1);
        String day = parts.group(2);
        String region = parts.group(3);
        if (!parts.group(4).equals(SERVICE)) {
            throw ApiException.unsigned(
                    "SignatureDoesNotMatch", "Credential should be scoped to the service: '" + SERVICE + "'.");
        }
        String time = time(request, day);
        String secret = keys.secret(key);
        if (secret == null) {
            throw ApiException.unsigned(
                    "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        List<String> signed = Arrays.asList(parts.group(5).split(";"));
        if (!signed.contains("host")) {
            throw ApiException.unsigned("SignatureDoesNotMatch", "'Host' must be a signed header.");
        }
        String scope = day + "/" + region + "/" + SERVICE + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(bytes(canonical(request, signed))));
        byte[] signing = hmac(hmac(hmac(hmac(bytes("AWS4" + secret), day), region), SERVICE), "aws4_request");
        byte[] expected = bytes(hex(hmac(signing, toSign)));
        if (!MessageDigest.isEqual(expected, bytes(parts.group(6)))) {
            throw ApiException.unsigned(
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your AWS Secret Access Key and signing method.");
        }
        return new Signer(key, region);
    }

    /** The time of signing as it was sent; it must be near ours and of the scope's day. */
    private String time(ApiRequest request, String day) {
        String time = request.header("x-amz-date");
        if (time == null) {
            throw ApiException.unsigned("IncompleteSignatureException", "The header X-Amz-Date is missing.");
        }
        Instant at;
        try {
            at = AMZ_DATE.parse(time, Instant::from);
        } catch (DateTimeException e) {
            throw ApiException.unsigned("IncompleteSignatureException", "X-Amz-Date is no date like 20260101T000000Z.");
        }
        if (!time.startsWith(day)) {
            throw ApiException.unsigned(
                    "SignatureDoesNotMatch", "Date in Credential scope does not match YYYYMMDD from X-Amz-Date.");
        }
        Instant now = clock.instant();
        if (Duration.between(at, now).abs().compareTo(CLOCK_WINDOW) > 0) {
            String which = at.isBefore(now) ? "Signature expired: " : "Signature not yet current: ";
            throw ApiException.unsigned(
                    "InvalidSignatureException",
                    which + time + " is more than 5 minutes away from " + AMZ_DATE.format(now) + ".");
        }
        return time;
    }

    private static String canonical(ApiRequest request, List<String> signed) {
        StringBuilder canonical = new StringBuilder()
                .append(request.method())
                .append('\n')
                .append(escapedOnceMore(request.rawPath()))
                .append('\n')
                .append(sortedQuery(request.rawQuery()))
                .append('\n');
        for (String name : signed) {
            List<String> values = request.headers().getOrDefault(name, List.of());
            canonical
                    .append(name)
                    .append(':')
                    .append(values.stream()
                            .map(value -> value.strip().replaceAll(" +", " "))
                            .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", signed))
                .append('\n')
                .append(payloadHash(request, signed))
                .toString();
    }

    /** A hash that was sent must be the body's own, or the body could be another. */
    private static String payloadHash(ApiRequest request, List<String> signed) {
        String actual = hex(sha256(request.body()));
        String sent = request.header("x-amz-content-sha256");
        if (sent == null || !signed.contains("x-amz-content-sha256")) {
            return actual;
        }
        if (!sent.equals(actual)) {
            throw ApiException.unsigned(
                    "SignatureDoesNotMatch", "The body does not have the hash that X-Amz-Content-Sha256 gives.");
        }
        return sent;
    }

    private static String escapedOnceMore(String rawPath) {
        return Arrays.stream(rawPath.split("/", -1))
                .map(SignatureVerifier::escape)
                .collect(Collectors.joining("/"));
    }

    private static String sortedQuery(String rawQuery) {
        List<String> pairs = new ArrayList<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.add(escape(unescape(name)) + "=" + escape(unescape(value)));
            }
        }
        Collections.sort(pairs);
        return String.join("&", pairs);
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The query has a damaged escape.");
        }
    }

    /** RFC 3986, as the signature wants it. */
    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
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
