package dev.tocsin.server.serve;

import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.security.Certificates;
import dev.tocsin.server.security.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How the service is listened to: plain HTTP on this machine alone, TLS everywhere else. */
final class Tls {

    private static final String PASSWORD = "TOCSIN_TLS_PASSWORD";

    private Tls() {}

    /**
     * TLS as {@code config} wants it, or null for plain HTTP.
     *
     * @param address to listen on
     * @param host as the command line names it
     * @param data folder of a certificate of our own making
     * @throws ConfigException if plain HTTP could be heard by others, or what {@code config} names cannot be used
     */
    static @Nullable SSLContext of(
            TlsConfig config,
            InetAddress address,
            String host,
            Path data,
            Map<String, String> environment,
            SecureRandom random)
            throws ConfigException {
        String fault = config.fault();
        if (fault != null) {
            throw new ConfigException(fault);
        }
        try {
            String certificate = config.certificate();
            String key = config.key();
            if (certificate != null && key != null) {
                return Certificates.ofPem(Path.of(certificate), Path.of(key));
            }
            String keystore = config.keystore();
            if (keystore != null) {
                return Certificates.ofPkcs12(Path.of(keystore), environment.getOrDefault(PASSWORD, ""));
            }
            if (config.isSelfSigned()) {
                return SelfSigned.in(data, host, Instant.now(), random);
            }
        } catch (IOException e) {
            throw new ConfigException("tls: " + e.getMessage());
        }
        if (!address.isLoopbackAddress()) {
            throw new ConfigException("listen " + host + ": others could hear keys and findings in plain HTTP. Set tls"
                    + " in the configuration (certificate and key, or keystore), give --tls-self-signed, or listen on"
                    + " 127.0.0.1");
        }
        return null;
    }
}
