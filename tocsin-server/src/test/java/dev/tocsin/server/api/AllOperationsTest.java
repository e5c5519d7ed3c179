package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each of the contract's operations once at least: a valid answer, or a documented refusal. */
final class AllOperationsTest extends ApiFixture {

    private static final String ARN = "arn:aws:guardduty:" + REGION + ":" + ADMINISTRATOR + ":detector/$detectorId";

    /** Caller (a for the administrator, m for the member), operation, input without the detector, error class or nothing. */
    private static final List<String[]> CALLS = rows("""
            a|CreateDetector|'enable':true,'clientToken':'t1','tags':{'a':'b'}|
            m|CreateDetector|'enable':true|
            a|ListDetectors||
            a|GetDetector|D|
            a|UpdateDetector|D,'features':[{'name':'RDS_LOGIN_EVENTS','status':'ENABLED'}]|
            a|CreateSampleFindings|D|
            a|ListFindings|D|
            a|GetFindings|D,'findingIds':['$findingIds']|
            a|GetFindingsStatistics|D,'findingStatisticTypes':['COUNT_BY_SEVERITY']|
            a|ArchiveFindings|D,'findingIds':['$findingIds']|
            a|UnarchiveFindings|D,'findingIds':['$findingIds']|
            a|UpdateFindingsFeedback|D,'findingIds':['$findingIds'],'feedback':'USEFUL'|
            a|CreateFilter|D,'name':'filter','findingCriteria':{'criterion':{'severity':{'gte':4}}}|
            a|GetFilter|D,'FilterName':'filter'|
            a|ListFilters|D|
            a|UpdateFilter|D,'FilterName':'filter','rank':2|
            a|ListTagsForResource|'ResourceArn':'ARN/filter/filter'|
            a|TagResource|'ResourceArn':'ARN/filter/filter','tags':{'a':'b'}|
            a|UntagResource|'ResourceArn':'ARN/filter/filter','tagKeys':['a']|
            a|DeleteFilter|D,'FilterName':'filter'|
            a|CreateIPSet|D,'name':'a','format':'TXT','location':'s3://a/b','activate':false|
            a|GetIPSet|D,'IpSetId':'$ipSetId'|
            a|ListIPSets|D|
            a|UpdateIPSet|D,'IpSetId':'$ipSetId','name':'b'|
            a|DeleteIPSet|D,'IpSetId':'$ipSetId'|
            a|CreateThreatIntelSet|D,'name':'a','format':'TXT','location':'s3://a/b','activate':false|
            a|GetThreatIntelSet|D,'ThreatIntelSetId':'$threatIntelSetId'|
            a|ListThreatIntelSets|D|
            a|UpdateThreatIntelSet|D,'ThreatIntelSetId':'$threatIntelSetId','name':'b'|
            a|DeleteThreatIntelSet|D,'ThreatIntelSetId':'$threatIntelSetId'|
            a|CreateTrustedEntitySet|D,'name':'a','format':'TXT','location':'s3://a/b','activate':false|
            a|GetTrustedEntitySet|D,'TrustedEntitySetId':'$trustedEntitySetId'|
            a|ListTrustedEntitySets|D|
            a|UpdateTrustedEntitySet|D,'TrustedEntitySetId':'$trustedEntitySetId','name':'b'|
            a|DeleteTrustedEntitySet|D,'TrustedEntitySetId':'$trustedEntitySetId'|
            a|CreateThreatEntitySet|D,'name':'a','format':'TXT','location':'s3://a/b','activate':false|
            a|GetThreatEntitySet|D,'ThreatEntitySetId':'$threatEntitySetId'|
            a|ListThreatEntitySets|D|
            a|UpdateThreatEntitySet|D,'ThreatEntitySetId':'$threatEntitySetId','name':'b'|
            a|DeleteThreatEntitySet|D,'ThreatEntitySetId':'$threatEntitySetId'|
            a|CreatePublishingDestination|D,'destinationType':'S3','destinationProperties':{'destinationArn':'arn:aws:s3:::bucket'}|
            a|DescribePublishingDestination|D,'DestinationId':'$destinationId'|
            a|ListPublishingDestinations|D|
            a|UpdatePublishingDestination|D,'DestinationId':'$destinationId','destinationProperties':{'destinationArn':'arn:aws:s3:::other'}|
            a|DeletePublishingDestination|D,'DestinationId':'$destinationId'|
            a|CreateMembers|D,'accountDetails':[{'accountId':'222222222222','email':'m@example.org'}]|
            a|InviteMembers|D,'accountIds':['222222222222'],'message':''|
            a|GetMembers|D,'accountIds':['222222222222']|
            a|ListMembers|D|
            m|ListInvitations||
            m|GetInvitationsCount||
            m|AcceptAdministratorInvitation|D,'administratorId':'111111111111','invitationId':'$invitationId'|
            m|AcceptInvitation|D,'masterId':'111111111111','invitationId':'$invitationId'|BadRequestException
            m|GetAdministratorAccount|D|
            m|GetMasterAccount|D|
            a|GetMemberDetectors|D,'accountIds':['222222222222']|
            a|UpdateMemberDetectors|D,'accountIds':['222222222222'],'features':[{'name':'RDS_LOGIN_EVENTS','status':'ENABLED'}]|
            a|StopMonitoringMembers|D,'accountIds':['222222222222']|
            a|StartMonitoringMembers|D,'accountIds':['222222222222']|
            m|DisassociateFromMasterAccount|D|
            m|DisassociateFromAdministratorAccount|D|BadRequestException
            a|InviteMembers|D,'accountIds':['222222222222']|
            m|DeclineInvitations|'accountIds':['111111111111']|
            m|DeleteInvitations|'accountIds':['111111111111']|
            a|DisassociateMembers|D,'accountIds':['222222222222']|
            a|DeleteMembers|D,'accountIds':['222222222222']|
            a|EnableOrganizationAdminAccount|'adminAccountId':'111111111111'|
            a|ListOrganizationAdminAccounts||
            a|UpdateOrganizationConfiguration|D,'autoEnableOrganizationMembers':'NEW'|
            a|DescribeOrganizationConfiguration|D|
            a|GetOrganizationStatistics||
            a|ListCustomDetectionRules|'filters':[{'name':'name','values':['x'],'condition':'CONTAINS'}]|
            a|GetCustomDetectionRule|'RuleId':'r'|ResourceNotFoundException
            a|CreateCustomDetectionRuleAssociation|'ruleId':'r','mode':'LIVE'|ResourceNotFoundException
            a|GetCustomDetectionRuleAssociation|'RuleId':'r','AssociationId':'x'|ResourceNotFoundException
            a|ListCustomDetectionRuleAssociations||
            a|UpdateCustomDetectionRuleAssociation|'RuleId':'r','AssociationId':'x','mode':'LIVE'|ResourceNotFoundException
            a|DeleteCustomDetectionRuleAssociation|'RuleId':'r','AssociationId':'x'|ResourceNotFoundException
            a|CreateCustomDetectionRuleOrgConfiguration|'ruleId':'r','mode':'LIVE'|ResourceNotFoundException
            a|GetCustomDetectionRuleOrgConfiguration|'RuleId':'r','mode':'LIVE'|ResourceNotFoundException
            a|ListCustomDetectionRuleOrgConfigurations||
            a|UpdateCustomDetectionRuleOrgConfiguration|'RuleId':'r','mode':'LIVE'|ResourceNotFoundException
            a|DeleteCustomDetectionRuleOrgConfiguration|'RuleId':'r','mode':'LIVE'|ResourceNotFoundException
            a|DisableOrganizationAdminAccount|'adminAccountId':'111111111111'|
            a|CreateMalwareProtectionPlan|'role':'arn:aws:iam::111111111111:role/r','protectedResource':{'s3Bucket':{'bucketName':'b'}}|
            a|GetMalwareProtectionPlan|'MalwareProtectionPlanId':'$malwareProtectionPlanId'|
            a|ListMalwareProtectionPlans||
            a|UpdateMalwareProtectionPlan|'MalwareProtectionPlanId':'$malwareProtectionPlanId','actions':{'tagging':{'status':'ENABLED'}}|
            a|SendObjectMalwareScan|'s3Object':{'bucket':'b','key':'k'}|BadRequestException
            a|DeleteMalwareProtectionPlan|'MalwareProtectionPlanId':'$malwareProtectionPlanId'|
            a|StartMalwareScan|'resourceArn':'arn:aws:ec2:eu-central-1:111111111111:instance/i-0abc'|
            a|GetMalwareScan|'ScanId':'$scanId'|
            a|ListMalwareScans|'filterCriteria':{'filterCriterion':[{'criterionKey':'SCAN_STATUS','filterCondition':{'equalsValue':'SKIPPED'}}]}|
            a|DescribeMalwareScans|D,'sortCriteria':{'attributeName':'scanStartTime','orderBy':'ASC'}|
            a|GetMalwareScanSettings|D|
            a|UpdateMalwareScanSettings|D,'ebsSnapshotPreservation':'RETENTION_WITH_FINDING'|
            a|ListCoverage|D|
            a|GetCoverageStatistics|D,'statisticsType':['COUNT_BY_RESOURCE_TYPE','COUNT_BY_COVERAGE_STATUS']|
            a|GetUsageStatistics|D,'usageStatisticsType':'SUM_BY_FEATURES','usageCriteria':{}|
            a|GetRemainingFreeTrialDays|D,'accountIds':['111111111111']|
            a|CreateInvestigation|D,'triggerPrompt':'why'|BadRequestException
            a|GetInvestigation|D,'InvestigationId':'x'|ResourceNotFoundException
            a|ListInvestigationRecords|D,'investigationId':'x'|ResourceNotFoundException
            a|ListInvestigations|D|
            a|DeleteDetector|D|
            """);

    private final Map<String, String> ids = new HashMap<>();

    private static List<String[]> rows(String table) {
        return table.lines().map(line -> line.split("\\|", -1)).toList();
    }

    @Test
    void everyOperationAnswersOrRefusesAsDocumented() {
        for (String[] row : CALLS) {
            String account = row[0].equals("a") ? ADMINISTRATOR : MEMBER;
            String input = "{" + filled(row[2], row[0]) + "}";
            if (row[3].isEmpty()) {
                remember(call(account, row[1], input), row[0]);
            } else {
                assertTrue(CONTRACT.errors().containsKey(row[3]), row[3]);
                refused(account, row[1], input, row[3], "The request is rejected because");
            }
        }
        Set<String> all = new TreeSet<>(CONTRACT.operations().keySet());
        assertEquals(all, called);
        assertEquals(103, all.size());
        assertEquals(Set.of(), operations.missing());
    }

    private String filled(String input, String caller) {
        String filled = input.replaceAll("^D(?=,|$)", "'DetectorId':'\\$detectorId'")
                .replace("ARN", ARN)
                .replace("$detectorId", ids.getOrDefault("detectorId " + caller, ""));
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("$" + id.getKey(), id.getValue());
        }
        return filled;
    }

    /** Ids in answers are by name; those in lists of one another are that of the first. */
    private void remember(Doc answer, String caller) {
        answer.members().forEach((name, value) -> {
            if (name.equals("detectorId")) {
                ids.put(name + " " + caller, String.valueOf(value));
            } else if (name.endsWith("Id")) {
                ids.put(name, String.valueOf(value));
            } else if (value instanceof List<?> list && !list.isEmpty()) {
                if (list.getFirst() instanceof Doc first && first.text("invitationId") != null) {
                    ids.put("invitationId", Objects.requireNonNull(first.text("invitationId")));
                } else if (name.endsWith("Ids")) {
                    ids.put(name, String.valueOf(list.getFirst()));
                }
            }
        });
    }
}
