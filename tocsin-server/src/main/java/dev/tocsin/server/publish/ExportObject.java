package dev.tocsin.server.publish;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An object of an export as GuardDuty writes it (F43): JSON lines, gzip, under account, Region and day.
 *
 * @param bucket its name
 * @param key of the object
 * @param kmsKey ARN of the key that encrypts it, or null
 * @param owner account that must own the bucket, or null
 * @param body gzip
 */
@SuppressWarnings("ArrayRecordComponent") // one owner, never compared
record ExportObject(
        String bucket,
        String key,
        @Nullable String kmsKey,
        @Nullable String owner,
        byte[] body) {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A batch's name: the end of its object's key without the extension. Readers look for the folders of days. */
    static String name(Instant now) {
        return DAY.format(now) + "/" + UUID.randomUUID();
    }

    /** {@code batch} for {@code destination}. */
    static ExportObject of(Resource destination, Outbox.Batch batch) throws IOException {
        Doc properties = properties(destination);
        String bucket = bucket(destination);
        String arn = String.valueOf(properties.text("destinationArn"));
        int slash = arn.indexOf('/');
        String prefix = slash < 0 ? "" : arn.substring(slash + 1);
        String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        String key = folder + "AWSLogs/" + batch.place().account() + "/GuardDuty/"
                + batch.place().region() + "/" + batch.name() + ".jsonl.gz";
        return new ExportObject(
                bucket, key, properties.text("kmsKeyArn"), properties.text("expectedBucketOwner"), body(batch));
    }

    /** Name of the bucket that {@code destination} stands for. */
    static String bucket(Resource destination) {
        String arn = String.valueOf(properties(destination).text("destinationArn"));
        String place = arn.substring(arn.lastIndexOf(':', arn.indexOf('/') < 0 ? arn.length() : arn.indexOf('/')) + 1);
        int slash = place.indexOf('/');
        return slash < 0 ? place : place.substring(0, slash);
    }

    private static Doc properties(Resource destination) {
        return destination.document().part("destinationProperties");
    }

    private static byte[] body(Outbox.Batch batch) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (Doc document : batch.documents()) {
                out.write(document.toJson().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
        return bytes.toByteArray();
    }
}
