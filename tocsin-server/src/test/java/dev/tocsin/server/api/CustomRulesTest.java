package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.operation.CustomRuleConfigurations;
import dev.tocsin.server.api.operation.CustomRules;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.Ids;
import dev.tocsin.server.api.operation.Members;
import dev.tocsin.server.api.operation.Organization;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of a library are turned on, by an account and for an organization. */
final class CustomRulesTest extends ApiFixture {

    private static final Doc RULE = new Doc()
            .with("ruleId", "r1")
            .with("arn", "arn:aws:guardduty:eu-central-1::custom-detection-rule/r1")
            .with("name", "Root key made")
            .with("description", "A key of the root user was made.")
            .with("severity", "HIGH")
            .with("dataSource", "CloudTrailManagementEvent")
            .with("tactic", "Persistence")
            .with("technique", "T1098")
            .with("service", "IAM")
            .with("definition", new Doc().with("expression", "eventName LIKE CreateAccessKey"))
            .with("createdAt", 1);

    @BeforeEach
    void withLibrary() {
        Detectors detectors = new Detectors(store, () -> now);
        Organization organization = new Organization(store, detectors, () -> now, new Accounts());
        Ids ids = new Ids(new Random(1));
        CustomRules rules = new CustomRules(store, ids, () -> now, List.of(RULE));
        operations = new Operations(CONTRACT);
        detectors.register(operations);
        organization.register(operations);
        new Members(detectors, organization, ids).register(operations);
        rules.register(operations);
        new CustomRuleConfigurations(store, detectors, organization, rules).register(operations);
    }

    @Test
    void anAccountTriesARuleAndThenTurnsItOn() {
        String filter = "{'filters':[{'name':'name','values':['root'],'condition':'CONTAINS'}]}";
        assertEquals(
                1,
                docs(call(ADMINISTRATOR, "ListCustomDetectionRules", filter), "rules")
                        .size());
        refused(ADMINISTRATOR, "ListCustomDetectionRules", "{'maxResults':101}", "maxResults");
        call(ADMINISTRATOR, "GetCustomDetectionRule", "{'RuleId':'r1'}");

        String dryRun = "{'ruleId':'r1','mode':'DRY_RUN'}";
        Doc made = call(ADMINISTRATOR, "CreateCustomDetectionRuleAssociation", dryRun)
                .part("ruleAssociation");
        assertEquals(14 * 86_400L, made.number("expiresAt", 0) - made.number("createdAt", 0));
        refused(ADMINISTRATOR, "CreateCustomDetectionRuleAssociation", dryRun, "ConflictException", "already");
        String which = "{'RuleId':'r1','AssociationId':'" + text(made, "associationId") + "'";
        call(ADMINISTRATOR, "UpdateCustomDetectionRuleAssociation", which + ",'mode':'LIVE'}");
        now = now.plus(Duration.ofDays(15));
        Doc kept = call(ADMINISTRATOR, "GetCustomDetectionRuleAssociation", which + "}")
                .part("ruleAssociation");
        assertEquals("LIVE", kept.text("mode"));
        call(ADMINISTRATOR, "DeleteCustomDetectionRuleAssociation", which + "}");

        call(ADMINISTRATOR, "CreateCustomDetectionRuleAssociation", dryRun);
        now = now.plus(Duration.ofDays(15));
        assertEquals(
                List.of(), docs(call(ADMINISTRATOR, "ListCustomDetectionRuleAssociations", "{}"), "ruleAssociations"));
    }

    @Test
    void anOrganizationTurnsARuleOnForItsMembers() {
        String live = "{'ruleId':'r1','mode':'LIVE'";
        refused(
                ADMINISTRATOR,
                "CreateCustomDetectionRuleOrgConfiguration",
                live + "}",
                "AccessDeniedException",
                "delegated administrator");
        String detector = detector(ADMINISTRATOR);
        call(ADMINISTRATOR, "EnableOrganizationAdminAccount", "{'adminAccountId':'" + ADMINISTRATOR + "'}");
        call(ADMINISTRATOR, "UpdateOrganizationConfiguration", detector + ",'autoEnableOrganizationMembers':'ALL'}");
        refused(
                ADMINISTRATOR,
                "CreateCustomDetectionRuleOrgConfiguration",
                live + ",'includeAccountIds':['" + MEMBER + "'],'excludeAccountIds':['" + STRANGER + "']}",
                "exclude each other");
        call(
                ADMINISTRATOR,
                "CreateCustomDetectionRuleOrgConfiguration",
                live + ",'excludeAccountIds':['" + STRANGER + "']}");
        assertEquals(1, associations(MEMBER));
        assertEquals(0, associations(STRANGER));
        refused(
                ADMINISTRATOR,
                "CreateCustomDetectionRuleOrgConfiguration",
                live.replace("LIVE", "DRY_RUN") + "}",
                "ConflictException",
                "other mode");
        assertEquals(
                1,
                docs(call(ADMINISTRATOR, "ListCustomDetectionRuleOrgConfigurations", "{}"), "configurations")
                        .size());
        String which = "{'RuleId':'r1','mode':'LIVE'}";
        call(ADMINISTRATOR, "GetCustomDetectionRuleOrgConfiguration", which);
        call(ADMINISTRATOR, "DeleteCustomDetectionRuleOrgConfiguration", which);
        assertEquals(1, associations(MEMBER));
    }

    private int associations(String account) {
        return docs(call(account, "ListCustomDetectionRuleAssociations", "{}"), "ruleAssociations")
                .size();
    }
}
