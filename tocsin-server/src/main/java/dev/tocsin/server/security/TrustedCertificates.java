package dev.tocsin.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that a client trusts. It needs the JDK alone, as the agent has little else. */
public final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * TLS for a client that trusts the certificates in {@code file}, PEM, and no others.
     *
     * @throws IOException if it cannot be read or holds none
     */
    public static SSLContext trusting(Path file) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate one : chain(file)) {
                store.setCertificateEntry("trusted" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": no certificate: " + e.getMessage(), e);
        }
    }

    /** The certificates in {@code file}. */
    static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new IOException(file + ": no certificate in it");
            }
            return chain.toArray(Certificate[]::new);
        }
    }
}
