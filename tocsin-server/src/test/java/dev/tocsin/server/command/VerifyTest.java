package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trail with three hourly digests, as CloudTrail writes them, and what somebody may do to it. */
final class VerifyTest extends CommandFixture {

    private static final String PREFIX = "AWSLogs/111122223333/";
    private static final int PKCS1_OFFSET = 24; // of the key within the form that Java writes, for 2048 bits

    private KeyPair keys;
    private Path keyFile;

    private record Written(String key, String hash, String signature) {}

    @BeforeEach
    void write() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        byte[] encoded = keys.getPublic().getEncoded();
        String value = Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, PKCS1_OFFSET, encoded.length));
        keyFile = Files.writeString(
                folder.resolveSibling(folder.getFileName() + "-keys.json"),
                "{\"PublicKeyList\":[{\"Value\":\"" + value + "\",\"Fingerprint\":\"f1\"}]}");
        Written last = null;
        for (int hour = 10; hour <= 12; hour++) {
            String log = log(hour);
            String hash = put(log, "{\"Records\":[" + call("DescribeTrails", hour, "e-" + hour) + "]}");
            last = digest(hour, List.of(new Written(log, hash, "")), last);
        }
    }

    private static String log(int hour) {
        return PREFIX + "CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260301T" + hour
                + "05Z_abc.json.gz";
    }

    private static String digestKey(int hour) {
        return PREFIX
                + "CloudTrail-Digest/us-east-1/2026/03/01/111122223333_CloudTrail-Digest_us-east-1_main_us-east-1_20260301T"
                + (hour + 1) + "0000Z.json.gz";
    }

    private String put(String key, String content) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, bytes.toByteArray());
        return sha256(content);
    }

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private Written digest(int hour, List<Written> logs, Written before) throws IOException, GeneralSecurityException {
        String end = "2026-03-01T" + (hour + 1) + ":00:00Z";
        Doc doc = new Doc()
                .with("awsAccountId", "111122223333")
                .with("digestStartTime", "2026-03-01T" + hour + ":00:00Z")
                .with("digestEndTime", end)
                .with("digestS3Bucket", "trail")
                .with("digestS3Object", digestKey(hour))
                .with("digestPublicKeyFingerprint", "f1")
                .with("digestSignatureAlgorithm", "SHA256withRSA")
                .with("previousDigestS3Object", before == null ? null : before.key())
                .with("previousDigestHashValue", before == null ? null : before.hash())
                .with("previousDigestSignature", before == null ? null : before.signature())
                .with(
                        "logFiles",
                        logs.stream()
                                .map(log -> new Doc()
                                        .with("s3Bucket", "trail")
                                        .with("s3Object", log.key())
                                        .with("hashValue", log.hash())
                                        .with("hashAlgorithm", "SHA-256"))
                                .toList());
        String hash = put(digestKey(hour), doc.toJson());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update((end + "\ntrail/" + digestKey(hour) + "\n" + hash + "\n"
                        + (before == null ? "null" : before.signature()))
                .getBytes(StandardCharsets.UTF_8));
        return new Written(digestKey(hour), hash, HexFormat.of().formatHex(signature.sign()));
    }

    private String verify(int exit, String... more) {
        String[] arguments = new String[more.length + 3];
        System.arraycopy(more, 0, arguments, 2, more.length);
        arguments[0] = "doctor";
        arguments[1] = "--verify";
        arguments[arguments.length - 1] = folder.toString();
        assertEquals(exit, tocsin(arguments), out.toString() + err);
        return out.toString();
    }

    @Test
    void aTrailAsItWasDelivered() {
        assertEquals(
                "3 digests, 3 log files as delivered, 0 problems; signatures are not checked: give --public-keys FILE.\n",
                verify(0));
    }

    @Test
    void signaturesAreCheckedWithTheRegionsKeys() {
        String said = verify(0, "--public-keys", keyFile.toString());
        assertTrue(said.contains("2 signatures are AWS's."), said);
        assertTrue(
                said.contains("note     111122223333_CloudTrail-Digest_us-east-1_main_us-east-1: the signature of the"
                        + " last digest, until 2026-03-01T13:00:00Z"),
                said);
    }

    @Test
    void aLogFileThatWasChangedOrDeletedIsNamed() throws IOException {
        put(log(11), "{\"Records\":[]}");
        Files.delete(folder.resolve(log(12)));
        String said = verify(3);
        assertTrue(said.contains("changed  " + folder + "/" + log(11) + ": SHA-256 is "), said);
        assertTrue(said.contains("missing  " + log(12) + ": named by " + folder + "/" + digestKey(12)), said);
        assertTrue(said.contains("1 log files as delivered, 2 problems"), said);
    }

    @Test
    void aDigestThatWasDeletedBreaksTheChain() throws IOException {
        Files.delete(folder.resolve(digestKey(11)));
        String said = verify(3);
        assertTrue(said.contains("missing  " + digestKey(11)), said);
        assertTrue(said.contains("note     1 log files are named by no digest here"), said);
    }

    @Test
    void aDigestThatWasRewrittenIsNamed() throws IOException, GeneralSecurityException {
        digest(11, List.of(), null);
        assertTrue(verify(3).contains("changed  " + folder + "/" + digestKey(11)), out.toString());
    }

    @Test
    void aChainRewrittenToItsEndFailsByItsSignature() throws IOException, GeneralSecurityException {
        keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Written before = digest(10, List.of(), null);
        before = digest(11, List.of(), before);
        digest(12, List.of(), before);
        assertTrue(verify(3, "--public-keys", keyFile.toString()).contains("its signature is not AWS's"));
    }

    @Test
    void laterDigestsAloneSayWhereTheChainBegins() throws IOException {
        Files.delete(folder.resolve(digestKey(10)));
        assertTrue(verify(0).contains("the chain goes back before 2026-03-01T11:00:00Z, which is not here"));
    }

    @Test
    void withoutADigestNothingIsVerified() throws IOException {
        for (int hour = 10; hour <= 12; hour++) {
            Files.delete(folder.resolve(digestKey(hour)));
        }
        assertTrue(verify(3).contains("No digest file is among the objects"), out.toString());
    }

    @Test
    void aFileWithoutKeysIsRefused() throws IOException {
        Files.writeString(keyFile, "{}");
        assertEquals(2, tocsin("doctor", "--verify", "--public-keys", keyFile.toString(), folder.toString()));
        assertTrue(err.toString().contains("no PublicKeyList in it"), err.toString());
    }
}
