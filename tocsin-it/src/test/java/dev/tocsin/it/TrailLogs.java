package dev.tocsin.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPOutputStream;

/** CloudTrail objects with one call each, as AWS delivers them. */
final class TrailLogs {

    static final String ACCOUNT = "111122223333";
    static final String REGION = "us-east-1";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    private TrailLogs() {}

    /** The key of an object delivered at {@code at} whose name ends in {@code end}. */
    static String key(Instant at, String end) {
        return "AWSLogs/" + ACCOUNT + "/CloudTrail/" + REGION + "/" + DAY.format(at) + "/" + ACCOUNT + "_CloudTrail_"
                + REGION + "_" + MINUTE.format(at) + "_" + end + ".json.gz";
    }

    /** The key of a flow log's object that ends at {@code at}. */
    static String flowKey(Instant at, String end) {
        return "AWSLogs/" + ACCOUNT + "/vpcflowlogs/" + REGION + "/" + DAY.format(at) + "/" + ACCOUNT + "_vpcflowlogs_"
                + REGION + "_fl-0aaaabbbbccccdddd_" + MINUTE.format(at) + "_" + end + ".log.gz";
    }

    /** An object in which {@code trail} is stopped at {@code at}: two types speak of it at once. */
    static byte[] stopped(String trail, Instant at) throws IOException {
        return gzip("{\"Records\":[" + stop(trail, at) + "]}");
    }

    /** The record alone. */
    static String stop(String trail, Instant at) {
        return """
                {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE",\
                "arn":"arn:aws:iam::%1$s:user/alice","accountId":"%1$s","userName":"alice"},\
                "eventTime":"%2$s","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging",\
                "awsRegion":"%3$s","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",\
                "requestParameters":{"name":"%4$s"},"eventID":"stop-%4$s","eventType":"AwsApiCall",\
                "recipientAccountId":"%1$s"}""".formatted(ACCOUNT, at.truncatedTo(ChronoUnit.SECONDS), REGION, trail);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
