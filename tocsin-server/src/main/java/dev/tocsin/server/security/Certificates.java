package dev.tocsin.server.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** The certificate and key that a service shows its clients, read from files. */
public final class Certificates {

    private static final String ALIAS = "tocsin";
    private static final char[] IN_MEMORY = new char[0];

    private Certificates() {}

    /**
     * TLS with a certificate, its chain behind it, and its key, all PEM; the key is unencrypted PKCS #8, PKCS #1 or SEC 1.
     *
     * @throws IOException if a file cannot be read or they do not belong together; the message is for people
     */
    public static SSLContext ofPem(Path certificate, Path key) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key(key), IN_MEMORY, TrustedCertificates.chain(certificate));
            return context(store, IN_MEMORY);
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " and " + key + ": no certificate with its key: " + e.getMessage(), e);
        }
    }

    /**
     * TLS with the one key of a PKCS #12 file.
     *
     * @throws IOException if it cannot be read or the password is wrong; the message is for people
     */
    public static SSLContext ofPkcs12(Path file, String password) throws IOException {
        KeyStore store = load(file, password);
        try {
            return context(store, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": no key in it that opens with its password: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(Path file, String password) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(file + ": no PKCS #12 file, or not its password: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(reader)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo key) {
                    return converter.getPrivateKey(key);
                }
                if (part instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
            throw new IOException(file + ": no unencrypted private key in it");
        } catch (PEMException e) {
            throw new IOException(file + ": no private key: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
