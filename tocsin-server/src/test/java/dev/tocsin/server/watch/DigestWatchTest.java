package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.source.LiveSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DigestWatchTest {

    private static final String TRAIL = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01/";
    private static final String DIGESTS = "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/03/01/";
    private static final String LOG = TRAIL + "111122223333_CloudTrail_us-east-1_20260301T1005Z_abc.json";

    @TempDir
    Path folder;

    private final Alarms alarms = new Alarms();

    @BeforeEach
    void deliver() throws IOException, NoSuchAlgorithmException {
        String content = "{\"Records\":[]}";
        put(LOG, content);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        Doc log = new Doc()
                .with("s3Bucket", "trail")
                .with("s3Object", LOG)
                .with("hashValue", HexFormat.of().formatHex(hash))
                .with("hashAlgorithm", "SHA-256");
        String key = DIGESTS + "111122223333_CloudTrail-Digest_us-east-1_main_us-east-1_20260301T110000Z.json";
        put(
                key,
                new Doc()
                        .with("awsAccountId", "111122223333")
                        .with("digestStartTime", "2026-03-01T10:00:00Z")
                        .with("digestEndTime", "2026-03-01T11:00:00Z")
                        .with("digestS3Bucket", "trail")
                        .with("digestS3Object", key)
                        .with("digestPublicKeyFingerprint", "f1")
                        .with("logFiles", List.of(log))
                        .toJson());
    }

    private void put(String key, String content) throws IOException {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> look(String at) {
        try (DigestWatch watch =
                new DigestWatch(List.of(new LiveSource.Folder("trail", folder)), alarms, () -> Instant.parse(at))) {
            watch.look();
        }
        return alarms.open().stream()
                .map(alarm -> alarm.kind() + " " + alarm.text())
                .toList();
    }

    @Test
    void filesAsTheyWereDeliveredAreNoAlarm() {
        assertEquals(List.of(), look("2026-03-01T12:00:00Z"));
    }

    @Test
    void aFileThatIsGoneIsAnAlarm() throws IOException {
        Files.delete(folder.resolve(LOG));
        List<String> found = look("2026-03-01T12:00:00Z");
        assertEquals(1, found.size());
        assertTrue(found.getFirst().startsWith("DIGEST digest: missing: " + LOG + ": named by"), found::toString);
    }

    @Test
    void aFileThatWasChangedIsAnAlarm() throws IOException {
        put(LOG, "{\"Records\":[ ]}");
        List<String> found = look("2026-03-01T12:00:00Z");
        assertEquals(1, found.size());
        assertTrue(found.getFirst().startsWith("DIGEST digest: changed: " + folder.resolve(LOG)), found::toString);
    }

    @Test
    void oldDigestsAreNotLookedAt() throws IOException {
        Files.delete(folder.resolve(LOG));
        assertEquals(List.of(), look("2026-03-02T12:00:01Z"));
    }
}
