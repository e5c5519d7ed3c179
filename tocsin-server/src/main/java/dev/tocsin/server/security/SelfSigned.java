package dev.tocsin.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate of the service's own making, for trials and closed networks: clients must be given it ({@code
 * AWS_CA_BUNDLE}, {@code NODE_EXTRA_CA_CERTS}). It lies in the data folder and is made anew a month before it ends, or when
 * it does not name the host.
 */
public final class SelfSigned {

    private static final String CERTIFICATE = "tls-certificate.pem";
    private static final String KEY = "tls-key.pem";
    private static final Duration LASTS = Duration.ofDays(397);
    private static final Duration RENEWED = Duration.ofDays(30);
    private static final int SERIAL_BITS = 120;

    private SelfSigned() {}

    /** Where the certificate of {@code folder} lies, for clients. */
    public static Path certificate(Path folder) {
        return folder.resolve(CERTIFICATE);
    }

    /**
     * TLS for {@code host} and this machine's own names with the certificate of {@code folder}, made if need be.
     *
     * @throws IOException if it cannot be written or read
     */
    public static SSLContext in(Path folder, String host, Instant now, SecureRandom random) throws IOException {
        Path certificate = certificate(folder);
        Path key = folder.resolve(KEY);
        try {
            if (!Files.exists(key) || !isUsable(certificate, host, now)) {
                make(certificate, key, host, now, random);
            }
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException(certificate + ": no certificate could be made: " + e.getMessage(), e);
        }
        return Certificates.ofPem(certificate, key);
    }

    private static boolean isUsable(Path certificate, String host, Instant now) throws IOException {
        if (!Files.exists(certificate)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate old =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Collection<List<?>> names = old.getSubjectAlternativeNames();
            return names != null
                    && names.stream().anyMatch(name -> host.equals(name.get(1)))
                    && old.getNotAfter().toInstant().isAfter(now.plus(RENEWED));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void make(Path certificate, Path key, String host, Instant now, SecureRandom random)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=tocsin");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, random),
                Date.from(now.minus(Duration.ofHours(1))), // clients' clocks
                Date.from(now.plus(LASTS)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names(host)));
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        Files.deleteIfExists(key);
        Files.deleteIfExists(certificate);
        PrivateFiles.write(key, pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        PrivateFiles.write(certificate, pem(made));
    }

    private static GeneralName[] names(String host) {
        Set<String> all = new LinkedHashSet<>(List.of(host, "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        List<GeneralName> names = new ArrayList<>();
        for (String name : all) {
            boolean address = name.matches("[0-9.]+|[0-9a-fA-F:]+");
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        return names.toArray(GeneralName[]::new);
    }

    private static String pem(Object part) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }
}
