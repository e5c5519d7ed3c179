package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.BadRequestException;
import software.amazon.awssdk.services.guardduty.model.Finding;
import software.amazon.awssdk.services.guardduty.model.MalwareProtectionPlanStatus;
import software.amazon.awssdk.services.guardduty.model.ResourceNotFoundException;

/** The service, called by the Java SDK. */
final class JavaSdkTest {

    @TempDir
    Path folder;

    @Test
    void detectorsFindingsAndPlans() throws IOException {
        try (RunningService service = RunningService.in(folder);
                GuardDutyClient client = client(service)) {
            String id = client.createDetector(request -> request.enable(true)).detectorId();
            assertEquals(List.of(id), client.listDetectors().detectorIds());

            client.createSampleFindings(request -> request.detectorId(id));
            List<String> ids = client
                    .listFindingsPaginator(request -> request.detectorId(id).maxResults(5))
                    .stream()
                    .flatMap(page -> page.findingIds().stream())
                    .toList();
            assertTrue(ids.size() > 20, ids::toString);
            for (Finding finding : client.getFindings(
                            request -> request.detectorId(id).findingIds(ids.subList(0, 20)))
                    .findings()) {
                assertTrue(finding.title().startsWith("[SAMPLE] "), finding.title());
            }

            String plan = client.createMalwareProtectionPlan(request -> request.role("arn:aws:iam::210987654321:role/r")
                            .protectedResource(resource -> resource.s3Bucket(bucket -> bucket.bucketName("b"))))
                    .malwareProtectionPlanId();
            assertEquals(
                    MalwareProtectionPlanStatus.WARNING,
                    client.getMalwareProtectionPlan(request -> request.malwareProtectionPlanId(plan))
                            .status());
            client.deleteMalwareProtectionPlan(request -> request.malwareProtectionPlanId(plan));
            assertThrows(
                    ResourceNotFoundException.class,
                    () -> client.getMalwareProtectionPlan(request -> request.malwareProtectionPlanId(plan)));

            client.deleteDetector(request -> request.detectorId(id));
            BadRequestException gone = assertThrows(
                    BadRequestException.class, () -> client.getDetector(request -> request.detectorId(id)));
            assertTrue(gone.getMessage().contains("is not owned by the current account."), gone.getMessage());
        }
    }

    private static GuardDutyClient client(RunningService service) throws IOException {
        return GuardDutyClient.builder()
                .endpointOverride(URI.create(service.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        service.credential("aws_access_key_id"), service.credential("aws_secret_access_key"))))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
