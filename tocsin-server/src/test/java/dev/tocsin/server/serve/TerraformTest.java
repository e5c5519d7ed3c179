package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What Terraform's AWS provider calls for each of its resources, in its order: create, wait, read, update, read, delete, wait.
 * It compares texts, orders and states; each is said where it is relied on.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TerraformTest extends ServiceFixture {

    private static final String MEMBER = "222222222222";

    @SuppressWarnings("NullAway.Init")
    private String detector;

    @BeforeEach
    void create() throws IOException, InterruptedException {
        detector = ok("CreateDetector", "'enable':true,'clientToken':'c','tags':{'Name':'it'}")
                .text("detectorId");
    }

    private Doc input(String members) throws IOException {
        String own = "'DetectorId':'" + detector + "'" + (members.equals("D,") ? "" : ",");
        return Doc.parse("{" + members.replace("D,", own).replace('\'', '"') + "}");
    }

    /** Calls it as the administrator; {@code D,} stands for the detector's id. */
    private Answer ok(String operation, String members) throws IOException, InterruptedException {
        return ok(administrator, operation, input(members));
    }

    private Answer ok(Key key, String operation, Doc input) throws IOException, InterruptedException {
        Answer answer = call(key, operation, input);
        assertTrue(
                answer.status() == 200 || answer.status() == 204,
                () -> operation + ": " + answer.raw().body());
        return answer;
    }

    private void refused(String operation, String members, String error, String text)
            throws IOException, InterruptedException {
        Answer answer = call(administrator, operation, input(members));
        assertEquals(
                error,
                answer.raw().headers().firstValue("x-amzn-ErrorType").orElse("none"),
                () -> answer.raw().body());
        assertTrue(answer.text("message").contains(text), answer.text("message"));
    }

    private static List<Doc> docs(Doc doc, String name) {
        List<Doc> docs = new ArrayList<>();
        if (doc.get(name) instanceof List<?> list) {
            list.forEach(one -> docs.add((Doc) one));
        }
        return docs;
    }

    private static Doc feature(Doc answer, String name) {
        List<Doc> named = docs(answer, "features").stream()
                .filter(feature -> name.equals(feature.text("name")))
                .toList();
        assertEquals(1, named.size(), "exactly one feature of the name");
        return named.getFirst();
    }

    private static List<String> names(Doc feature) {
        return docs(feature, "additionalConfiguration").stream()
                .map(extra -> String.valueOf(extra.text("name")))
                .toList();
    }

    @Test
    void detector() throws IOException, InterruptedException {
        Doc read = ok("GetDetector", "D,").body();
        assertEquals("SIX_HOURS", read.text("findingPublishingFrequency"));
        assertEquals("ENABLED", read.text("status"));
        assertEquals(
                "ENABLED",
                Objects.requireNonNull(read.at("dataSources", "s3Logs")).text("status"));
        assertEquals(
                "ENABLED",
                Objects.requireNonNull(read.at("dataSources", "kubernetes", "auditLogs"))
                        .text("status"));
        assertEquals("it", read.part("tags").text("Name"));
        ok(
                "UpdateDetector",
                "D,'enable':false,'findingPublishingFrequency':'ONE_HOUR',"
                        + "'dataSources':{'s3Logs':{'enable':false}}");
        read = ok("GetDetector", "D,").body();
        assertEquals("DISABLED", read.text("status"));
        assertEquals("ONE_HOUR", read.text("findingPublishingFrequency"));
        assertEquals(
                "DISABLED",
                Objects.requireNonNull(read.at("dataSources", "s3Logs")).text("status"));
        assertEquals("DISABLED", feature(read, "S3_DATA_EVENTS").text("status"), "two views of one state");
        String arn = "'ResourceArn':'arn:aws:guardduty:" + REGION + ":" + ACCOUNT + ":detector/" + detector + "'";
        ok("TagResource", arn + ",'tags':{'Name':'other','b':'2'}");
        ok("UntagResource", arn + ",'tagKeys':['b']");
        assertEquals(
                "{\"Name\":\"other\"}",
                ok("ListTagsForResource", arn).body().part("tags").toJson());
        ok("DeleteDetector", "D,");
        refused("GetDetector", "D,", "BadRequestException", ApiException.NOT_OWNED);
    }

    @Test
    void detectorFeature() throws IOException, InterruptedException {
        ok(
                "UpdateDetector",
                "D,'features':[{'name':'RUNTIME_MONITORING','status':'ENABLED','additionalConfiguration':["
                        + "{'name':'ECS_FARGATE_AGENT_MANAGEMENT','status':'ENABLED'},"
                        + "{'name':'EKS_ADDON_MANAGEMENT','status':'DISABLED'},"
                        + "{'name':'EC2_AGENT_MANAGEMENT','status':'ENABLED'}]}]");
        Doc runtime = feature(ok("GetDetector", "D,").body(), "RUNTIME_MONITORING");
        assertEquals(
                List.of("ECS_FARGATE_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT", "EC2_AGENT_MANAGEMENT"),
                names(runtime),
                "position by position");
        ok("UpdateDetector", "D,'features':[{'name':'RUNTIME_MONITORING','status':'DISABLED'}]");
        assertEquals(
                "DISABLED",
                feature(ok("GetDetector", "D,").body(), "RUNTIME_MONITORING").text("status"));
        Doc eks = feature(ok("GetDetector", "D,").body(), "EKS_RUNTIME_MONITORING");
        assertEquals(List.of("EKS_ADDON_MANAGEMENT"), names(eks));
        refused(
                "UpdateDetector",
                "D,'features':[{'name':'RUNTIME_MONITORING','status':'ENABLED'},"
                        + "{'name':'EKS_RUNTIME_MONITORING','status':'ENABLED'}]",
                "BadRequestException",
                "exclude each other");
    }

    @Test
    void filter() throws IOException, InterruptedException {
        String criteria = "'findingCriteria':{'criterion':{'region':{'equals':['eu-west-1','eu-central-1']},"
                + "'severity':{'greaterThanOrEqual':4},'service.additionalInfo.threatListName':{'notEquals':['x','a']},"
                + "'updatedAt':{'greaterThan':1570744740000,'lessThan':1570744840000}}}";
        ok(
                "CreateFilter",
                "D,'name':'test-filter','description':'','rank':1,'action':'ARCHIVE','clientToken':'c'," + criteria);
        Doc read = ok("GetFilter", "D,'FilterName':'test-filter'").body();
        Doc criterion = read.part("findingCriteria").part("criterion");
        assertEquals(
                List.of("eu-west-1", "eu-central-1"), criterion.part("region").get("equals"));
        assertEquals(4L, criterion.part("severity").number("greaterThanOrEqual", 0));
        assertEquals(1570744740000L, criterion.part("updatedAt").number("greaterThan", 0));
        assertEquals("", read.text("description"), "an empty description is taken and given back");
        assertEquals(1, read.number("rank", 0));
        ok("UpdateFilter", "D,'FilterName':'test-filter','action':'NOOP','rank':2,'description':'d'," + criteria);
        read = ok("GetFilter", "D,'FilterName':'test-filter'").body();
        assertEquals("NOOP", read.text("action"));
        assertEquals(2, read.number("rank", 0));
        String arn = "'ResourceArn':'arn:aws:guardduty:" + REGION + ":" + ACCOUNT + ":detector/" + detector
                + "/filter/test-filter'";
        ok("TagResource", arn + ",'tags':{'a':'b'}");
        assertEquals(
                "b",
                ok("GetFilter", "D,'FilterName':'test-filter'")
                        .body()
                        .part("tags")
                        .text("a"));
        ok("DeleteFilter", "D,'FilterName':'test-filter'");
        refused("GetFilter", "D,'FilterName':'test-filter'", "BadRequestException", ApiException.NO_SUCH_RESOURCE);
        refused("DeleteFilter", "D,'FilterName':'test-filter'", "BadRequestException", ApiException.NO_SUCH_RESOURCE);
    }

    @Test
    void ipSet() throws IOException, InterruptedException {
        list("IPSet", "IpSetId", "ipSetId", "ipSetIds");
    }

    @Test
    void threatIntelSet() throws IOException, InterruptedException {
        list("ThreatIntelSet", "ThreatIntelSetId", "threatIntelSetId", "threatIntelSetIds");
    }

    private void list(String kind, String member, String answered, String listed)
            throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("list.txt"), "192.0.2.0/24\n198.51.100.7\n");
        String id = ok(
                        "Create" + kind,
                        "D,'name':'tf','format':'TXT','location':'" + file.toUri()
                                + "','activate':true,'clientToken':'c','tags':{'a':'b'}")
                .text(answered);
        String which = "D,'" + member + "':'" + id + "'";
        assertEquals("ACTIVE", settled(kind, which, List.of("ACTIVATING", "DEACTIVATING")));
        Doc read = ok("Get" + kind, which).body();
        assertEquals("TXT", read.text("format"));
        assertEquals(file.toUri().toString(), read.text("location"));
        assertEquals("tf", read.text("name"));
        assertEquals("b", read.part("tags").text("a"));
        ok("Update" + kind, which + ",'name':'other','activate':false,'location':'" + file.toUri() + "'");
        assertEquals("INACTIVE", settled(kind, which, List.of("ACTIVE", "DEACTIVATING")));
        assertEquals("other", ok("Get" + kind, which).text("name"));
        ok("Delete" + kind, which);
        assertEquals("DELETED", settled(kind, which, List.of("ACTIVE", "INACTIVE", "DELETE_PENDING")));
        assertEquals(List.of(), ok("List" + kind + "s", "D,").body().get(listed), "gone from lists, readable by id");
    }

    /** Polls as the provider does; only {@code onTheWay} may come before the end. */
    private String settled(String kind, String which, List<String> onTheWay) throws IOException, InterruptedException {
        String status = ok("Get" + kind, which).text("status");
        while (onTheWay.contains(status)) { // the class's timeout ends it
            status = ok("Get" + kind, which).text("status");
        }
        return status;
    }

    @Test
    void publishingDestination() throws IOException, InterruptedException {
        String properties = "'destinationProperties':{'destinationArn':'arn:aws:s3:::findings','kmsKeyArn':"
                + "'arn:aws:kms:eu-central-1:111111111111:key/0a1b'}";
        String id = ok("CreatePublishingDestination", "D,'destinationType':'S3','clientToken':'c'," + properties)
                .text("destinationId");
        String which = "D,'DestinationId':'" + id + "'";
        String first = ok("DescribePublishingDestination", which).text("status");
        assertTrue(List.of("PENDING_VERIFICATION", "PUBLISHING").contains(first), first);
        ok("UpdatePublishingDestination", which + "," + properties.replace("findings", "others"));
        Doc read = ok("DescribePublishingDestination", which).body();
        assertEquals("arn:aws:s3:::others", read.part("destinationProperties").text("destinationArn"));
        assertEquals("S3", read.text("destinationType"));
        ok("DeletePublishingDestination", which);
        refused("DescribePublishingDestination", which, "BadRequestException", ApiException.INVALID_VALUES);
        refused("DeletePublishingDestination", which, "BadRequestException", "");
    }

    @Test
    void memberAndInviteAccepter() throws IOException, InterruptedException {
        Key member = key(MEMBER, Role.ADMINISTRATOR);
        String theirs =
                ok(member, "CreateDetector", new Doc().with("enable", true)).text("detectorId");
        Doc own = new Doc().with("DetectorId", theirs);
        String ids = "'accountIds':['" + MEMBER + "']";
        assertEquals(List.of(), ok("GetMembers", "D," + ids).body().get("members"), "none is no error");
        assertNull(ok(member, "GetMasterAccount", own).body().get("master"));
        Doc created = ok("CreateMembers", "D,'accountDetails':[{'accountId':'" + MEMBER + "','email':'a@example.org'}]")
                .body();
        assertEquals(List.of(), created.get("unprocessedAccounts"));
        assertEquals("Created", relationship(ids));
        ok("InviteMembers", "D,'disableEmailNotification':true,'message':''," + ids);
        assertEquals("Invited", relationship(ids));
        Doc invitation = docs(ok(member, "ListInvitations", new Doc()).body(), "invitations")
                .getFirst();
        assertEquals(ACCOUNT, invitation.text("accountId"));
        ok(
                member,
                "AcceptInvitation",
                new Doc().withAll(own).with("masterId", ACCOUNT).with("invitationId", invitation.text("invitationId")));
        assertEquals(
                ACCOUNT,
                ok(member, "GetMasterAccount", own).body().part("master").text("accountId"));
        assertEquals("Enabled", relationship(ids));
        refused(
                "DeleteDetector",
                "D,",
                "BadRequestException",
                "The request is rejected because the current account cannot delete detector while it has invited or"
                        + " associated members.");
        Doc updated = ok(
                        "UpdateMemberDetectors",
                        "D,'features':[{'name':'LAMBDA_NETWORK_LOGS','status':'DISABLED'}]," + ids)
                .body();
        assertEquals(List.of(), updated.get("unprocessedAccounts"));
        Doc detectors =
                docs(ok("GetMemberDetectors", "D," + ids).body(), "members").getFirst();
        assertEquals("DISABLED", feature(detectors, "LAMBDA_NETWORK_LOGS").text("status"));
        ok(member, "DisassociateFromMasterAccount", own);
        ok("DisassociateMembers", "D," + ids);
        ok("DeleteMembers", "D," + ids);
        assertEquals(List.of(), ok("GetMembers", "D," + ids).body().get("members"));
        ok("DeleteDetector", "D,");
    }

    private String relationship(String ids) throws IOException, InterruptedException {
        return String.valueOf(
                docs(ok("GetMembers", "D," + ids).body(), "members").getFirst().text("relationshipStatus"));
    }

    @Test
    void organizationAdminAndConfiguration() throws IOException, InterruptedException {
        ok("EnableOrganizationAdminAccount", "'adminAccountId':'" + ACCOUNT + "'");
        Doc admin = docs(ok("ListOrganizationAdminAccounts", "").body(), "adminAccounts")
                .getFirst();
        assertEquals(ACCOUNT, admin.text("adminAccountId"));
        assertEquals("ENABLED", admin.text("adminStatus"));
        String[][] both = {{"true", "NEW"}, {"false", "NONE"}};
        for (String[] one : both) {
            ok("UpdateOrganizationConfiguration", "D,'autoEnable':" + one[0]);
            Doc read = ok("DescribeOrganizationConfiguration", "D,").body();
            assertEquals(one[1], read.text("autoEnableOrganizationMembers"));
        }
        ok("UpdateOrganizationConfiguration", "D,'autoEnableOrganizationMembers':'ALL'");
        assertEquals(true, ok("DescribeOrganizationConfiguration", "D,").body().get("autoEnable"));
        ok(
                "UpdateOrganizationConfiguration",
                "D,'autoEnableOrganizationMembers':'ALL','features':[{'name':"
                        + "'RUNTIME_MONITORING','autoEnable':'NEW','additionalConfiguration':["
                        + "{'name':'EC2_AGENT_MANAGEMENT','autoEnable':'NONE'},"
                        + "{'name':'ECS_FARGATE_AGENT_MANAGEMENT','autoEnable':'NEW'},"
                        + "{'name':'EKS_ADDON_MANAGEMENT','autoEnable':'NEW'}]}]");
        assertEquals(
                List.of("EC2_AGENT_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT"),
                names(feature(ok("DescribeOrganizationConfiguration", "D,").body(), "RUNTIME_MONITORING")));
        ok("DisableOrganizationAdminAccount", "'adminAccountId':'" + ACCOUNT + "'");
        assertEquals(List.of(), docs(ok("ListOrganizationAdminAccounts", "").body(), "adminAccounts"));
        Answer other = call(key(MEMBER, Role.READER), "ListOrganizationAdminAccounts", new Doc());
        String error = other.raw().headers().firstValue("x-amzn-ErrorType").orElse("none");
        assertTrue(List.of("AccessDeniedException", "BadRequestException").contains(error), error);
    }

    @Test
    void malwareProtectionPlan() throws IOException, InterruptedException {
        String plan = "'role':'arn:aws:iam::111111111111:role/scan','protectedResource':{'s3Bucket':{'bucketName':"
                + "'uploads','objectPrefixes':['a','b']}},'actions':{'tagging':{'status':'ENABLED'}},'tags':{'a':'b'}";
        String id =
                ok("CreateMalwareProtectionPlan", plan + ",'clientToken':'c'").text("malwareProtectionPlanId");
        String which = "'MalwareProtectionPlanId':'" + id + "'";
        Doc read = ok("GetMalwareProtectionPlan", which).body();
        assertEquals(
                "uploads",
                Objects.requireNonNull(read.at("protectedResource", "s3Bucket")).text("bucketName"));
        ok(
                "UpdateMalwareProtectionPlan",
                which + ",'actions':{'tagging':{'status':'DISABLED'}},'role':"
                        + "'arn:aws:iam::111111111111:role/other'");
        read = ok("GetMalwareProtectionPlan", which).body();
        assertEquals("arn:aws:iam::111111111111:role/other", read.text("role"));
        String arn = "'ResourceArn':'" + read.text("arn") + "'";
        ok("TagResource", arn + ",'tags':{'c':'d'}");
        assertEquals(
                "d", ok("GetMalwareProtectionPlan", which).body().part("tags").text("c"));
        ok("DeleteMalwareProtectionPlan", which);
        refused("GetMalwareProtectionPlan", which, "ResourceNotFoundException", "");
        refused("DeleteMalwareProtectionPlan", which, "ResourceNotFoundException", "");
    }

    @Test
    void malwareScanSettings() throws IOException, InterruptedException {
        ok(
                "UpdateMalwareScanSettings",
                "D,'ebsSnapshotPreservation':'RETENTION_WITH_FINDING','scanResourceCriteria':"
                        + "{'exclude':{'EC2_INSTANCE_TAG':{'mapEquals':[{'key':'b'},{'key':'a','value':'1'}]}}}");
        Doc read = ok("GetMalwareScanSettings", "D,").body();
        List<Doc> pairs = docs(
                Objects.requireNonNull(read.at("scanResourceCriteria", "exclude", "EC2_INSTANCE_TAG")), "mapEquals");
        assertEquals("b", pairs.getFirst().text("key"), "pairs keep their order");
        assertNull(pairs.getFirst().get("value"), "a pair may have no value");
        ok("UpdateMalwareScanSettings", "D,'ebsSnapshotPreservation':'NO_RETENTION','scanResourceCriteria':{}");
        assertTrue(ok("GetMalwareScanSettings", "D,")
                .body()
                .part("scanResourceCriteria")
                .isEmpty());
    }
}
