package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over TLS, as clients check it. */
final class TlsTest {

    @TempDir
    Path folder;

    private Service start(String listen, TlsConfig tls) throws IOException, ConfigException {
        return Service.start(
                new ServiceOptions(folder.resolve("data"), listen, "111111111111", ServiceOptions.Watch.NOTHING)
                        .with(tls));
    }

    private static TlsConfig pem(Path certificate, Path key) {
        return new TlsConfig(certificate.toString(), key.toString(), null, null);
    }

    private static TlsConfig selfSigned() {
        return new TlsConfig(null, null, null, true);
    }

    private static void answers(Service service, Path certificate)
            throws IOException, InterruptedException, GeneralSecurityException {
        assertEquals("https", service.uri().getScheme());
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + service.uri().getPort() + "/tocsin/v1/health/live"))
                    .build();
            assertEquals(
                    200,
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
        }
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("it", certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void aCertificateOfItsOwnMakingIsKeptAndReadAgainAsPem() throws Exception {
        Path certificate;
        try (Service service = start("127.0.0.1:0", selfSigned())) {
            certificate = Objects.requireNonNull(service.certificate());
            answers(service, certificate);
        }
        String first = Files.readString(certificate);
        try (Service service = start("127.0.0.1:0", selfSigned())) {
            assertEquals(first, Files.readString(certificate));
            answers(service, certificate);
        }
        Path key = folder.resolve("data").resolve("tls-key.pem");
        try (Service service = start("127.0.0.1:0", pem(certificate, key))) {
            answers(service, certificate);
        }
    }

    @Test
    void aCertificateThatDoesNotNameTheHostIsMadeAnew() throws Exception {
        Path certificate;
        try (Service service = start("127.0.0.1:0", selfSigned())) {
            certificate = Objects.requireNonNull(service.certificate());
        }
        String first = Files.readString(certificate);
        try (Service service = start("0.0.0.0:0", selfSigned())) {
            assertTrue(!first.equals(Files.readString(certificate)));
            answers(service, certificate);
        }
    }

    @Test
    void aKeyStoreOpensWithItsPassword() throws Exception {
        Path file = folder.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertEquals(0, keytool.waitFor());
        TlsConfig config = new TlsConfig(null, null, file.toString(), null);
        var address = InetAddress.getLoopbackAddress();
        var random = new SecureRandom();
        SSLContext context =
                Tls.of(config, address, "localhost", folder, Map.of("TOCSIN_TLS_PASSWORD", "changeit"), random);
        assertEquals("TLS", Objects.requireNonNull(context).getProtocol());
        refused(config, "127.0.0.1", "no PKCS #12 file");
    }

    @Test
    void plainHttpIsForThisMachineAlone() throws IOException {
        refused(TlsConfig.NONE, "0.0.0.0", "--tls-self-signed");
        refused(new TlsConfig("a.pem", null, null, null), "127.0.0.1", "belong together");
        refused(new TlsConfig(null, null, "a.p12", true), "127.0.0.1", "exclude each other");
        refused(pem(Path.of("no.pem"), Path.of("no-key.pem")), "127.0.0.1", "no-key.pem");
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        refused(pem(junk, junk), "127.0.0.1", "no unencrypted private key");
    }

    private void refused(@Nullable TlsConfig tls, String host, String text) {
        ConfigException refusal =
                assertThrows(ConfigException.class, () -> start(host + ":0", Objects.requireNonNull(tls)));
        assertTrue(String.valueOf(refusal.getMessage()).contains(text), refusal.getMessage());
    }
}
