package dev.tocsin.server.deliver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The headers by which a receiver tells that a message is ours, new, and not known already. docs/destinations.md. */
final class Signature {

    static final String ID = "X-Tocsin-Id";
    static final String TIMESTAMP = "X-Tocsin-Timestamp";
    static final String SIGNATURE = "X-Tocsin-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The headers of {@code body}.
     *
     * @param secret shared with the receiver; null for no signature
     * @param now epoch seconds
     */
    static Map<String, String> headers(String id, String body, @Nullable String secret, long now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, Long.toString(now));
        if (secret != null) {
            headers.put(SIGNATURE, "v1=" + hmac(secret, now + "." + body));
        }
        return headers;
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
