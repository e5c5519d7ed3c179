package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts that administer, are invited, join, leave, and what each may see and do then. */
final class MembersTest extends ApiFixture {

    private static final String IDS = ",'accountIds':['" + MEMBER + "']}";

    private String status(String administrator) {
        List<Doc> members = docs(call(ADMINISTRATOR, "GetMembers", administrator + IDS), "members");
        return members.isEmpty() ? "none" : text(members.getFirst(), "relationshipStatus");
    }

    private void join(String administrator, String member) {
        call(
                ADMINISTRATOR,
                "CreateMembers",
                administrator + ",'accountDetails':[{'accountId':'" + MEMBER + "','email':'m@example.org'}]}");
        call(ADMINISTRATOR, "InviteMembers", administrator + IDS);
        Doc invitation =
                docs(call(MEMBER, "ListInvitations", "{}"), "invitations").getFirst();
        assertEquals(ADMINISTRATOR, text(invitation, "accountId"));
        call(
                MEMBER,
                "AcceptInvitation",
                member + ",'masterId':'" + ADMINISTRATOR + "','invitationId':'" + text(invitation, "invitationId")
                        + "'}");
    }

    @Test
    void invitedAccountsJoinAndTheirFindingsRollUp() {
        String administrator = detector(ADMINISTRATOR);
        String member = detector(MEMBER);
        assertEquals("none", status(administrator));
        Doc unknown = call(ADMINISTRATOR, "InviteMembers", administrator + IDS);
        assertEquals(MEMBER, text(docs(unknown, "unprocessedAccounts").getFirst(), "accountId"));
        assertEquals(new Doc(), call(MEMBER, "GetMasterAccount", member + "}", Set.of("master")));

        join(administrator, member);
        assertEquals("Enabled", status(administrator));
        assertEquals(0L, call(MEMBER, "GetInvitationsCount", "{}").get("invitationsCount"));
        assertEquals(ADMINISTRATOR, value(call(MEMBER, "GetMasterAccount", member + "}"), "master", "accountId"));

        call(MEMBER, "CreateSampleFindings", member + ",'findingTypes':['PenTest:IAMUser/KaliLinux']}");
        Object ids = call(ADMINISTRATOR, "ListFindings", administrator + "}").get("findingIds");
        assertEquals(ids, call(MEMBER, "ListFindings", member + "}").get("findingIds"));
        String id = "'" + ((List<?>) Objects.requireNonNull(ids)).getFirst() + "'";
        refused(MEMBER, "ArchiveFindings", member + ",'findingIds':[" + id + "]}", "is a member");
        call(ADMINISTRATOR, "ArchiveFindings", administrator + ",'findingIds':[" + id + "]}");
        refused(
                MEMBER,
                "CreateIPSet",
                member + ",'name':'a','format':'TXT','location':'s3://a/b','activate':true}",
                "AccessDeniedException",
                "is a member");
        refused(MEMBER, "UpdateDetector", member + ",'findingPublishingFrequency':'ONE_HOUR'}", "is a member");

        refused(
                ADMINISTRATOR,
                "DeleteDetector",
                administrator + "}",
                "cannot delete detector while it has invited or associated members");
        call(ADMINISTRATOR, "DisassociateMembers", administrator + IDS);
        assertEquals("Removed", status(administrator));
        assertEquals(
                List.of(),
                call(ADMINISTRATOR, "ListFindings", administrator + "}").get("findingIds"));
        assertEquals(List.of(), docs(call(ADMINISTRATOR, "ListMembers", administrator + "}"), "members"));
        assertEquals(
                1,
                docs(call(ADMINISTRATOR, "ListMembers", administrator + ",'onlyAssociated':'false'}"), "members")
                        .size());
        call(ADMINISTRATOR, "DeleteDetector", administrator + "}");
    }

    @Test
    void aMemberLeavesAndAnInvitationIsDeclined() {
        String administrator = detector(ADMINISTRATOR);
        String member = detector(MEMBER);
        join(administrator, member);
        call(MEMBER, "DisassociateFromMasterAccount", member + "}");
        assertEquals("Resigned", status(administrator));
        refused(MEMBER, "DisassociateFromMasterAccount", member + "}", ApiException.NOT_OWNED);

        call(ADMINISTRATOR, "InviteMembers", administrator + ",'message':''" + IDS);
        assertEquals("Invited", status(administrator));
        call(MEMBER, "DeclineInvitations", "{'accountIds':['" + ADMINISTRATOR + "']}");
        assertEquals("Resigned", status(administrator));
        call(MEMBER, "DeleteInvitations", "{'accountIds':['" + ADMINISTRATOR + "']}");
        assertEquals(List.of(), docs(call(MEMBER, "ListInvitations", "{}"), "invitations"));
    }

    @Test
    void membersDetectorsAreSuspendedAndConfigured() {
        String administrator = detector(ADMINISTRATOR);
        String member = detector(MEMBER);
        join(administrator, member);
        call(ADMINISTRATOR, "StopMonitoringMembers", administrator + IDS);
        assertEquals("DISABLED", call(MEMBER, "GetDetector", member + "}").text("status"));
        assertEquals("Disabled", status(administrator));
        call(ADMINISTRATOR, "StartMonitoringMembers", administrator + IDS);
        assertEquals("ENABLED", call(MEMBER, "GetDetector", member + "}").text("status"));

        call(
                ADMINISTRATOR,
                "UpdateMemberDetectors",
                administrator + ",'features':[{'name':'RDS_LOGIN_EVENTS','status':'ENABLED'}]" + IDS);
        Doc theirs = docs(call(ADMINISTRATOR, "GetMemberDetectors", administrator + IDS), "members")
                .getFirst();
        assertEquals(
                1,
                docs(theirs, "features").stream()
                        .filter(feature -> "RDS_LOGIN_EVENTS".equals(feature.text("name"))
                                && "ENABLED".equals(feature.text("status")))
                        .count());
        refused(
                ADMINISTRATOR,
                "UpdateMemberDetectors",
                administrator
                        + ",'features':[{'name':'RUNTIME_MONITORING','status':'ENABLED'},"
                        + "{'name':'EKS_RUNTIME_MONITORING','status':'ENABLED'}]" + IDS,
                "exclude each other");
    }

    @Test
    void anOrganizationEnrolsItsAccounts() {
        refused(MEMBER, "EnableOrganizationAdminAccount", "{'adminAccountId':'" + MEMBER + "'}", "management");
        refused(MEMBER, "ListOrganizationAdminAccounts", "{}", "management");
        call(ADMINISTRATOR, "EnableOrganizationAdminAccount", "{'adminAccountId':'" + ADMINISTRATOR + "'}");
        Doc admin = docs(call(ADMINISTRATOR, "ListOrganizationAdminAccounts", "{}"), "adminAccounts")
                .getFirst();
        assertEquals("ENABLED", admin.text("adminStatus"));
        Object id = Objects.requireNonNull(
                        (List<?>) call(ADMINISTRATOR, "ListDetectors", "{}").get("detectorIds"))
                .getFirst();
        String administrator = "{'DetectorId':'" + id + "'";

        refused(ADMINISTRATOR, "UpdateOrganizationConfiguration", administrator + "}", "is missing");
        call(ADMINISTRATOR, "UpdateOrganizationConfiguration", administrator + ",'autoEnable':true}");
        Doc settings = call(ADMINISTRATOR, "DescribeOrganizationConfiguration", administrator + "}");
        assertEquals("NEW", settings.text("autoEnableOrganizationMembers"));
        String member = detector(MEMBER);
        assertEquals("Enabled", status(administrator));
        refused(MEMBER, "DisassociateFromAdministratorAccount", member + "}", "cannot leave by itself");

        call(
                ADMINISTRATOR,
                "UpdateOrganizationConfiguration",
                administrator
                        + ",'autoEnableOrganizationMembers':'ALL','features':[{'name':'RUNTIME_MONITORING',"
                        + "'autoEnable':'ALL','additionalConfiguration':[{'name':'EC2_AGENT_MANAGEMENT','autoEnable':'ALL'}]}]}");
        assertEquals(
                2,
                docs(call(ADMINISTRATOR, "ListMembers", administrator + "}"), "members")
                        .size());
        Doc runtime = docs(call(MEMBER, "GetDetector", member + "}"), "features").stream()
                .filter(feature -> "RUNTIME_MONITORING".equals(feature.text("name")))
                .findFirst()
                .orElseThrow();
        assertEquals("ENABLED", runtime.text("status"));
        refused(ADMINISTRATOR, "StopMonitoringMembers", administrator + IDS, "auto-enable is ALL");
        Doc statistics = call(ADMINISTRATOR, "GetOrganizationStatistics", "{}");
        assertEquals(3L, value(statistics, "organizationDetails", "organizationStatistics", "enabledAccountsCount"));

        call(ADMINISTRATOR, "DisableOrganizationAdminAccount", "{'adminAccountId':'" + ADMINISTRATOR + "'}");
        assertEquals("Removed", status(administrator));
        assertFalse(docs(call(MEMBER, "GetDetector", member + "}"), "features").isEmpty());
        assertTrue(docs(call(ADMINISTRATOR, "ListOrganizationAdminAccounts", "{}"), "adminAccounts")
                .isEmpty());
    }
}
