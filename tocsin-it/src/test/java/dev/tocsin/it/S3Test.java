package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Buckets as a source, on a real S3 server. */
final class S3Test {

    private static final String CALL = """
            {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE",\
            "arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},\
            "eventTime":"2026-03-01T12:05:00Z","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging",\
            "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",\
            "requestParameters":{"name":"main"},"eventID":"e-1","eventType":"AwsApiCall",\
            "recipientAccountId":"111122223333"}""";

    private static LoopbackAws aws;

    @BeforeAll
    static void start() {
        aws = new LoopbackAws();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static void bucket(String name) {
        aws.bucket(name);
    }

    private static void put(String bucket, String key, byte[] bytes) {
        aws.put(bucket, key, bytes);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void analysesABucket() throws Exception {
        bucket("trail");
        String folder = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01/";
        String key = folder + "111122223333_CloudTrail_us-east-1_20260301T1210Z_abc.json.gz";
        put("trail", key, gzip("{\"Records\":[" + CALL + "]}"));
        put("trail", "other/x.json", new byte[] {1});
        List<SourceObject> objects =
                Sources.list(List.of("s3://trail/AWSLogs/"), Span.ALL).objects();
        assertEquals(1, objects.size());
        Analysis analysis = new Analysis(Analysis.Options.threads(2));
        analysis.run(objects);
        assertEquals(
                List.of("DefenseEvasion:IAMUser/LogSourceTampered", "Stealth:IAMUser/CloudTrailLoggingDisabled"),
                analysis.findings(true).stream()
                        .map(FindingState::type)
                        .sorted()
                        .toList());
        LedgerRow row = analysis.ledger().rows().getFirst();
        assertEquals("s3://trail/" + key, row.source());
        assertEquals("accepted", row.status());
    }

    @Test
    void listsMoreThanOnePage() throws IOException {
        bucket("many");
        for (int i = 0; i < 1_050; i++) {
            put("many", "logs/object " + i + " +&é", new byte[] {(byte) i});
        }
        List<SourceObject> objects =
                Sources.list(List.of("s3://many/logs/"), Span.ALL).objects();
        assertEquals(1_050, objects.stream().map(SourceObject::name).distinct().count());
        assertTrue(objects.stream().anyMatch(object -> object.name().equals("s3://many/logs/object 1049 +&é")));
        objects.getFirst().opener().announce();
        try (InputStream in = objects.getFirst().opener().open()) {
            assertEquals(1, in.readAllBytes().length);
        }
    }

    @Test
    void leavesOutOldDaysByTheirKeys() throws IOException {
        bucket("days");
        for (String day : List.of("2025/12/31", "2026/02/27", "2026/03/01", "2026/03/02")) {
            put("days", "AWSLogs/1/CloudTrail/us-east-1/" + day + "/x.json", new byte[] {1});
        }
        put("days", "AWSLogs/export.json", new byte[] {1});
        long since = Instant.parse("2026-03-02T00:00:00Z").getEpochSecond();
        Listing listing = Sources.list(List.of("s3://days/AWSLogs/"), new Span(since, since, Long.MAX_VALUE));
        assertEquals(
                List.of(
                        "s3://days/AWSLogs/1/CloudTrail/us-east-1/2025/",
                        "s3://days/AWSLogs/1/CloudTrail/us-east-1/2026/02/"),
                listing.passed().stream().map(Listing.Passed::name).toList());
        assertEquals(
                List.of(
                        "s3://days/AWSLogs/1/CloudTrail/us-east-1/2026/03/01/x.json",
                        "s3://days/AWSLogs/1/CloudTrail/us-east-1/2026/03/02/x.json",
                        "s3://days/AWSLogs/export.json"),
                listing.objects().stream().map(SourceObject::name).toList());
    }

    @Test
    void aBucketThatIsNotThereIsSaidSo() {
        IOException e = assertThrows(IOException.class, () -> Sources.list(List.of("s3://nowhere/x"), Span.ALL));
        assertTrue(e.getMessage().contains("there is no bucket 'nowhere'"), e.getMessage());
    }

    @Test
    void anObjectReplacedAfterItWasListedIsNotMixedUp() throws IOException {
        bucket("replaced");
        put("replaced", "x.json", new byte[] {1});
        SourceObject listed =
                Sources.list(List.of("s3://replaced"), Span.ALL).objects().getFirst();
        put("replaced", "x.json", new byte[] {2, 3});
        IOException e = assertThrows(IOException.class, () -> listed.opener().open());
        assertTrue(e.getMessage().contains("changed after it was listed"), e.getMessage());
    }
}
