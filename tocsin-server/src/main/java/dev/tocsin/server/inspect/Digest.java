package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of CloudTrail's digest files: what it delivered in an hour, with hashes, and the digest before.
 *
 * @param source the object it was read from
 * @param hash SHA-256 of its unpacked content, in hexadecimal
 * @param key its bucket and key, {@code bucket/key}
 * @param start ISO 8601
 * @param end ISO 8601
 * @param fingerprint of the public key that its signature is checked with
 * @param before the digest before it, or null if logging began with this one
 * @param logs the log files delivered
 */
record Digest(
        String source,
        String hash,
        String key,
        String start,
        String end,
        @Nullable String fingerprint,
        @Nullable Before before,
        List<Entry> logs) {

    /** The digest before: its key, the hash it must have, and its signature in hexadecimal. */
    record Before(String key, String hash, @Nullable String signature) {}

    /** A log file and the hash it must have. */
    record Entry(String key, String hash) {}

    /** Reads unpacked {@code content}; null if it is no digest. */
    static @Nullable Digest read(String source, byte[] content, String hash) {
        Doc doc = JsonText.object(new String(content, StandardCharsets.UTF_8));
        String key = doc.text("digestS3Object");
        String end = doc.text("digestEndTime");
        if (key == null || end == null) {
            return null;
        }
        return new Digest(
                source,
                hash,
                doc.text("digestS3Bucket") + "/" + key,
                String.valueOf(doc.text("digestStartTime")),
                end,
                doc.text("digestPublicKeyFingerprint"),
                before(doc),
                JsonText.objects(doc.get("logFiles")).stream()
                        .map(file -> new Entry(
                                String.valueOf(file.text("s3Object")), String.valueOf(file.text("hashValue"))))
                        .toList());
    }

    private static @Nullable Before before(Doc doc) {
        String key = doc.text("previousDigestS3Object");
        return key == null
                ? null
                : new Before(
                        key, String.valueOf(doc.text("previousDigestHashValue")), doc.text("previousDigestSignature"));
    }

    /** What AWS signs of it, given the signature of the digest before, in hexadecimal. */
    byte[] signed() {
        String last = before == null || before.signature() == null ? "null" : before.signature();
        return (end + "\n" + key + "\n" + hash + "\n" + last).getBytes(StandardCharsets.UTF_8);
    }

    /** The chain it belongs to: its account, Region and trail, as its key names them. */
    String chain() {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int time = name.lastIndexOf('_');
        return time < 0 ? name : name.substring(0, time);
    }
}
