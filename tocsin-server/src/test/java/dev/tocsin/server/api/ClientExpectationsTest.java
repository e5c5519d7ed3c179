package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Terraform's provider, moto's tests, prowler and others rely on, sequence by sequence. */
final class ClientExpectationsTest extends ApiFixture {

    private static final String UNKNOWN = "{'DetectorId':'00000000000000000000000000000000'";

    @Test
    void eachKindOfNotFoundHasItsWords() {
        String detector = detector(ADMINISTRATOR);
        for (String operation : List.of(
                "GetDetector",
                "GetMasterAccount",
                "DisassociateFromMasterAccount",
                "DescribeOrganizationConfiguration",
                "GetMalwareScanSettings")) {
            refused(ADMINISTRATOR, operation, UNKNOWN + "}", ApiException.NOT_OWNED);
        }
        refused(ADMINISTRATOR, "GetMembers", UNKNOWN + ",'accountIds':['" + MEMBER + "']}", ApiException.NOT_OWNED);
        refused(ADMINISTRATOR, "GetIPSet", detector + ",'IpSetId':'x'}", ApiException.NOT_OWNED);
        refused(ADMINISTRATOR, "GetThreatIntelSet", detector + ",'ThreatIntelSetId':'x'}", ApiException.NOT_OWNED);
        refused(ADMINISTRATOR, "GetFilter", detector + ",'FilterName':'x'}", ApiException.NO_SUCH_RESOURCE);
        refused(ADMINISTRATOR, "DeleteFilter", detector + ",'FilterName':'x'}", ApiException.NO_SUCH_RESOURCE);
        refused(
                ADMINISTRATOR,
                "DescribePublishingDestination",
                detector + ",'DestinationId':'x'}",
                ApiException.INVALID_VALUES);
        for (String operation : List.of("GetMalwareProtectionPlan", "DeleteMalwareProtectionPlan")) {
            refused(
                    ADMINISTRATOR,
                    operation,
                    "{'MalwareProtectionPlanId':'x'}",
                    "ResourceNotFoundException",
                    "no such malware protection plan");
        }
        refused(
                ADMINISTRATOR,
                "GetDetector",
                "{'DetectorId':'x'}",
                "The request is rejected because the parameter detectorId has an invalid value.");
        refused(
                ADMINISTRATOR,
                "CreateDetector",
                "{'enable':true}",
                "The request is rejected because a detector already exists for the current account.");
    }

    @Test
    void aDestinationIsPendingAndThenPublishes() {
        String detector = detector(ADMINISTRATOR);
        String properties = ",'destinationProperties':{'destinationArn':'arn:aws:s3:::findings/prefix',"
                + "'kmsKeyArn':'arn:aws:kms:eu-central-1:111111111111:key/0a1b'}";
        String create = detector + ",'destinationType':'S3','clientToken':'t'" + properties + "}";
        String id = text(call(ADMINISTRATOR, "CreatePublishingDestination", create), "destinationId");
        assertEquals(id, text(call(ADMINISTRATOR, "CreatePublishingDestination", create), "destinationId"));
        String which = detector + ",'DestinationId':'" + id + "'";
        assertEquals("PENDING_VERIFICATION", status(which));
        now = now.plus(Duration.ofSeconds(11));
        assertEquals("PUBLISHING", status(which));
        call(ADMINISTRATOR, "UpdatePublishingDestination", which + properties + "}");
        assertEquals("PENDING_VERIFICATION", status(which));
        call(ADMINISTRATOR, "DeletePublishingDestination", which + "}");
        refused(ADMINISTRATOR, "DeletePublishingDestination", which + "}", ApiException.INVALID_VALUES);
        refused(
                ADMINISTRATOR,
                "CreatePublishingDestination",
                detector + ",'destinationType':'S3','destinationProperties':{'destinationArn':'bucket'}}",
                "destinationArn");
    }

    private String status(String which) {
        return text(call(ADMINISTRATOR, "DescribePublishingDestination", which + "}"), "status");
    }

    @Test
    void aClientTokenMakesCreationsIdempotent() {
        String detector = detector(ADMINISTRATOR);
        String create = detector + ",'name':'list','format':'TXT','location':'s3://a/b','activate':true";
        String id = text(call(ADMINISTRATOR, "CreateIPSet", create + ",'clientToken':'t'}"), "ipSetId");
        assertEquals(id, text(call(ADMINISTRATOR, "CreateIPSet", create + ",'clientToken':'t'}"), "ipSetId"));
        assertEquals(1, lists.size());
        refused(ADMINISTRATOR, "CreateIPSet", create.replace("list", "other") + ",'clientToken':'t'}", "clientToken");
        refused(ADMINISTRATOR, "CreateIPSet", create + ",'clientToken':'u'}", "already has");
    }

    @Test
    void deletingADetectorTakesEverythingWithIt() {
        String detector = detector(ADMINISTRATOR);
        call(ADMINISTRATOR, "CreateSampleFindings", detector + ",'findingTypes':['PenTest:IAMUser/KaliLinux']}");
        call(
                ADMINISTRATOR,
                "CreateFilter",
                detector + ",'name':'filter','description':'','rank':1,"
                        + "'findingCriteria':{'criterion':{'severity':{'gte':4}}}}");
        call(ADMINISTRATOR, "DeleteDetector", detector + "}");
        refused(ADMINISTRATOR, "GetDetector", detector + "}", ApiException.NOT_OWNED);
        assertEquals(List.of(), call(ADMINISTRATOR, "ListDetectors", "{}").get("detectorIds"));
        detector(ADMINISTRATOR);
        assertEquals(
                List.of(),
                call(ADMINISTRATOR, "ListFindings", detector + ",'nextToken':''}")
                        .get("findingIds"));
        assertEquals(
                List.of(), call(ADMINISTRATOR, "ListFilters", detector + "}").get("filterNames"));
        assertEquals(
                List.of(),
                call(ADMINISTRATOR, "GetFindings", detector + ",'findingIds':[]}")
                        .get("findings"));
    }

    @Test
    void samplesAreOneOfEachTypeMarkedAndCounted() {
        String detector = detector(ADMINISTRATOR);
        call(ADMINISTRATOR, "CreateSampleFindings", detector + "}");
        Doc statistics =
                call(ADMINISTRATOR, "GetFindingsStatistics", detector + ",'groupBy':'SEVERITY','maxResults':100}");
        assertEquals(
                Detectors.types().size(),
                docs(statistics.part("findingStatistics"), "groupedBySeverity").stream()
                        .mapToLong(group -> group.number("totalFindings", 0))
                        .sum());
        Object before = ids(detector);
        now = now.plusSeconds(60);
        call(ADMINISTRATOR, "CreateSampleFindings", detector + "}");
        assertEquals(before, ids(detector));
        List<?> some = (List<?>) before;
        Doc finding = docs(
                        call(ADMINISTRATOR, "GetFindings", detector + ",'findingIds':['" + some.getFirst() + "']}"),
                        "findings")
                .getFirst();
        assertTrue(text(finding, "title").startsWith("[SAMPLE] "), finding.text("title"));
        assertEquals(2L, finding.part("service").get("count"));
        assertTrue(String.valueOf(value(finding, "service", "additionalInfo", "value"))
                .contains("\"sample\":true"));
        assertEquals(ADMINISTRATOR, finding.text("accountId"));
        assertNotEquals(
                finding.part("service").text("eventFirstSeen"),
                finding.part("service").text("eventLastSeen"));
        refused(ADMINISTRATOR, "CreateSampleFindings", detector + ",'findingTypes':['No:Such/Type']}", "No:Such/Type");
    }

    private List<?> ids(String detector) {
        return (List<?>) Objects.requireNonNull(
                call(ADMINISTRATOR, "ListFindings", detector + "}").get("findingIds"));
    }

    @Test
    void malwareIsKeptAndNeverFaked() {
        String detector = detector(ADMINISTRATOR);
        Doc none = call(ADMINISTRATOR, "GetMalwareScanSettings", detector + "}");
        assertEquals("NO_RETENTION", none.text("ebsSnapshotPreservation"));
        call(
                ADMINISTRATOR,
                "UpdateMalwareScanSettings",
                detector + ",'ebsSnapshotPreservation':'RETENTION_WITH_FINDING','scanResourceCriteria':"
                        + "{'include':{'EC2_INSTANCE_TAG':{'mapEquals':[{'key':'b'},{'key':'a','value':'1'}]}}}}");
        Doc pairs = call(ADMINISTRATOR, "GetMalwareScanSettings", detector + "}")
                .part("scanResourceCriteria")
                .part("include")
                .part("EC2_INSTANCE_TAG");
        assertEquals("b", docs(pairs, "mapEquals").getFirst().text("key"));
        call(
                ADMINISTRATOR,
                "UpdateMalwareScanSettings",
                detector + ",'ebsSnapshotPreservation':'NO_RETENTION','scanResourceCriteria':{}}");
        assertTrue(call(ADMINISTRATOR, "GetMalwareScanSettings", detector + "}")
                .part("scanResourceCriteria")
                .isEmpty());

        String plan = "{'role':'arn:aws:iam::111111111111:role/r','protectedResource':{'s3Bucket':{'bucketName':'b'}}}";
        String id = text(call(ADMINISTRATOR, "CreateMalwareProtectionPlan", plan), "malwareProtectionPlanId");
        refused(ADMINISTRATOR, "CreateMalwareProtectionPlan", plan, "ConflictException", "already has a plan");
        Doc kept = call(ADMINISTRATOR, "GetMalwareProtectionPlan", "{'MalwareProtectionPlanId':'" + id + "'}");
        assertEquals("WARNING", kept.text("status"));
        String arn = "{'ResourceArn':'" + kept.text("arn") + "'";
        call(ADMINISTRATOR, "TagResource", arn + ",'tags':{'a':'b'}}");
        assertEquals(
                "b",
                call(ADMINISTRATOR, "ListTagsForResource", arn + "}")
                        .part("tags")
                        .text("a"));
    }

    @Test
    void defaultsAreAsClientsKnowThem() {
        String detector = detector(ADMINISTRATOR);
        Doc shown = call(ADMINISTRATOR, "GetDetector", detector + "}");
        assertEquals("SIX_HOURS", shown.text("findingPublishingFrequency"));
        assertEquals("ENABLED", value(shown, "dataSources", "s3Logs", "status"));
        assertEquals("ENABLED", value(shown, "dataSources", "kubernetes", "auditLogs", "status"));
        assertEquals(
                Set.of(),
                call(ADMINISTRATOR, "GetAdministratorAccount", detector + "}", Set.of("administrator"))
                        .members()
                        .keySet());
        assertEquals(
                List.of(), call(ADMINISTRATOR, "ListMembers", detector + "}").get("members"));
        Doc usage = call(
                ADMINISTRATOR,
                "GetUsageStatistics",
                detector + ",'usageStatisticsType':'SUM_BY_ACCOUNT','usageCriteria':{'features':['DNS_LOGS']}}");
        Doc total = docs(usage.part("usageStatistics"), "sumByAccount").getFirst();
        assertEquals("0", value(total, "total", "amount"));
        refused(
                ADMINISTRATOR,
                "GetUsageStatistics",
                detector + ",'usageStatisticsType':'SUM_BY_ACCOUNT',"
                        + "'usageCriteria':{'features':['DNS_LOGS'],'dataSources':['DNS_LOGS']}}",
                "usageCriteria");
    }

    @Test
    void tagsHangOnTheArnsThatTerraformBuilds() {
        String detector = detector(ADMINISTRATOR);
        String id = detector.substring(detector.length() - 33, detector.length() - 1);
        String ip = text(
                call(
                        ADMINISTRATOR,
                        "CreateIPSet",
                        detector + ",'name':'a','format':'TXT','location':'s3://a/b','activate':true}"),
                "ipSetId");
        String threat = text(
                call(
                        ADMINISTRATOR,
                        "CreateThreatIntelSet",
                        detector + ",'name':'a','format':'TXT','location':'s3://a/b','activate':true}"),
                "threatIntelSetId");
        call(
                ADMINISTRATOR,
                "CreateFilter",
                detector + ",'name':'filter','findingCriteria':{'criterion':{'severity':{'gte':4}}}}");
        for (String rest : List.of("", "/ipset/" + ip, "/threatintelset/" + threat, "/filter/filter")) {
            String arn = "{'ResourceArn':'arn:aws:guardduty:" + REGION + ":" + ADMINISTRATOR + ":detector/" + id + rest
                    + "'";
            call(ADMINISTRATOR, "TagResource", arn + ",'tags':{'a':'1','b':'2'}}");
            call(ADMINISTRATOR, "UntagResource", arn + ",'tagKeys':['a']}");
            assertEquals(
                    Set.of("b"),
                    call(ADMINISTRATOR, "ListTagsForResource", arn + "}")
                            .part("tags")
                            .members()
                            .keySet());
        }
        assertEquals("2", value(call(ADMINISTRATOR, "GetIPSet", detector + ",'IpSetId':'" + ip + "'}"), "tags", "b"));
    }

    @Test
    void anOrganizationsFeatureComesBackOnceWithItsExtrasInOrder() {
        String detector = detector(ADMINISTRATOR);
        call(ADMINISTRATOR, "EnableOrganizationAdminAccount", "{'adminAccountId':'" + ADMINISTRATOR + "'}");
        call(
                ADMINISTRATOR,
                "UpdateOrganizationConfiguration",
                detector + ",'autoEnableOrganizationMembers':'NONE','features':[{'name':'RUNTIME_MONITORING',"
                        + "'autoEnable':'NEW','additionalConfiguration':["
                        + "{'name':'EC2_AGENT_MANAGEMENT','autoEnable':'NEW'},"
                        + "{'name':'EKS_ADDON_MANAGEMENT','autoEnable':'NONE'}]}]}");
        Doc settings = call(ADMINISTRATOR, "DescribeOrganizationConfiguration", detector + "}");
        assertEquals(false, settings.get("autoEnable"));
        List<Doc> runtime = docs(settings, "features").stream()
                .filter(feature -> "RUNTIME_MONITORING".equals(feature.text("name")))
                .toList();
        assertEquals(1, runtime.size());
        assertEquals(
                List.of("EC2_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT"),
                docs(runtime.getFirst(), "additionalConfiguration").stream()
                        .map(extra -> text(extra, "name"))
                        .toList());
    }

    @Test
    void findingsAreAskedForAsConnectorsDo() {
        String detector = detector(ADMINISTRATOR);
        call(ADMINISTRATOR, "CreateSampleFindings", detector + "}");
        for (String criterion : List.of(
                "'severity':{'eq':['8']},'service.archived':{'eq':['false']}",
                "'service.action.networkConnectionAction.localIpDetails.ipAddressV4':{'neq':['192.0.2.99']}",
                "'updatedAt':{'gt':1000}")) {
            Doc page = call(
                    ADMINISTRATOR,
                    "ListFindings",
                    detector + ",'nextToken':'','findingCriteria':{'criterion':{" + criterion + "}}}");
            assertNotEquals(List.of(), page.get("findingIds"), criterion);
        }
    }
}
