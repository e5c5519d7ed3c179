package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** What the service proves itself with; one of three ways. */
public record TlsConfig(
        @Setting(value = "PEM: the certificate, its chain behind it. With key.", example = "/etc/tocsin/tls.pem")
        @Nullable
        String certificate,

        @Setting(value = "PEM: the certificate's key, unencrypted.", example = "/etc/tocsin/tls-key.pem") @Nullable
        String key,

        @Setting(
                value = "PKCS #12 with one key; its password is taken from TOCSIN_TLS_PASSWORD.",
                example = "/etc/tocsin/tls.p12")
        @Nullable
        String keystore,

        @Setting(
                value = "Make a certificate in the data folder, tls-certificate.pem, which clients must be given.",
                example = "true")
        @Nullable
        Boolean selfSigned) {

    /** Nothing: plain HTTP. */
    public static final TlsConfig NONE = new TlsConfig(null, null, null, null);

    /** Why it cannot be used, or null. */
    public @Nullable String fault() {
        if ((certificate == null) != (key == null)) {
            return "tls: certificate and key belong together";
        }
        int ways = (certificate == null ? 0 : 1) + (keystore == null ? 0 : 1) + (isSelfSigned() ? 1 : 0);
        return ways > 1 ? "tls: certificate, keystore and selfSigned exclude each other" : null;
    }

    /** Whether a certificate is to be made. */
    public boolean isSelfSigned() {
        return Boolean.TRUE.equals(selfSigned);
    }
}
