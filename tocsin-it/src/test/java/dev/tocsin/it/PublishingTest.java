package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.Condition;
import software.amazon.awssdk.services.guardduty.model.DestinationType;
import software.amazon.awssdk.services.guardduty.model.FilterAction;
import software.amazon.awssdk.services.guardduty.model.PublishingStatus;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Findings on their way to a bucket of a real S3 server, by the API as its official client speaks it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PublishingTest {

    private static final String LOGGING = "Stealth:IAMUser/CloudTrailLoggingDisabled";

    @TempDir
    Path folder;

    @Test
    void findingsLeaveByABucketUnlessAFilterHidesThem() throws IOException {
        try (BucketServer buckets = BucketServer.started();
                RunningService service = RunningService.in(folder);
                GuardDutyClient client = client(service)) {
            buckets.create("exports");
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            String destination = destination(client, detector, "arn:aws:s3:::exports/siem");
            await(client, detector, destination, PublishingStatus.PUBLISHING);
            client.createFilter(request -> request.detectorId(detector)
                    .name("hide-logging")
                    .action(FilterAction.ARCHIVE)
                    .findingCriteria(criteria -> criteria.criterion(Map.of(
                            "type", Condition.builder().equalsValue(LOGGING).build()))));
            client.createSampleFindings(request ->
                    request.detectorId(detector).findingTypes(LOGGING, "Policy:IAMUser/RootCredentialUsage"));

            List<JsonNode> lines = List.of();
            while (lines.size() < 2) { // the class's timeout ends it
                lines = exported(buckets);
            }
            assertEquals(
                    Set.of("Policy:IAMUser/RootCredentialUsage", "DefenseEvasion:IAMUser/DetectionChanged"),
                    lines.stream().map(line -> line.path("type").asText()).collect(Collectors.toSet()),
                    "the filter is announced, what it hides stays");
            JsonNode finding = lines.stream()
                    .filter(line -> line.path("type").asText().startsWith("Policy"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    "guardduty", finding.path("service").path("serviceName").asText());
            assertTrue(finding.path("service")
                    .path("additionalInfo")
                    .path("sample")
                    .asBoolean());
            assertEquals("2.0", finding.path("schemaVersion").asText());
        }
    }

    @Test
    void aBucketThatIsNotThereIsSaid() throws IOException {
        try (BucketServer buckets = BucketServer.started();
                RunningService service = RunningService.in(folder);
                GuardDutyClient client = client(service)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            String destination = destination(client, detector, "arn:aws:s3:::later");
            await(client, detector, destination, PublishingStatus.UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY);
            client.createSampleFindings(
                    request -> request.detectorId(detector).findingTypes("Policy:IAMUser/RootCredentialUsage"));
            buckets.create("later");
            await(client, detector, destination, PublishingStatus.PUBLISHING);
            assertEquals(1, buckets.list("later").size());
        }
    }

    private static String destination(GuardDutyClient client, String detector, String arn) {
        return client.createPublishingDestination(request -> request.detectorId(detector)
                        .destinationType(DestinationType.S3)
                        .destinationProperties(properties -> properties.destinationArn(arn)))
                .destinationId();
    }

    private static void await(GuardDutyClient client, String detector, String destination, PublishingStatus status) {
        PublishingStatus now = PublishingStatus.UNKNOWN_TO_SDK_VERSION;
        while (now != status) { // the class's timeout ends it
            now = client.describePublishingDestination(
                            request -> request.detectorId(detector).destinationId(destination))
                    .status();
        }
    }

    private static List<JsonNode> exported(BucketServer buckets) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (S3Object object : buckets.list("exports")) {
            assertTrue(
                    object.key()
                            .matches(
                                    "siem/AWSLogs/\\d{12}/GuardDuty/eu-central-1/\\d{4}/\\d\\d/\\d\\d/[0-9a-f-]{36}\\.jsonl\\.gz"),
                    object.key());
            all.addAll(lines(buckets.read("exports", object.key())));
        }
        return all;
    }

    private static List<JsonNode> lines(byte[] object) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    private static GuardDutyClient client(RunningService service) throws IOException {
        return GuardDutyClient.builder()
                .endpointOverride(URI.create(service.endpoint()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        service.credential("aws_access_key_id"), service.credential("aws_secret_access_key"))))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
