package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** What watches or protects the account is switched off, narrowed or hidden. */
final class Evasion {

    private static final String RESTORE =
            "Put it back, find out who called and whether it was planned, and read what these credentials did before and"
                    + " after.";
    private static final String FAILED = "calls that failed; ";

    private static final FindingType SECURITY_SERVICE = RuleTypes.own(
            "DefenseEvasion:IAMUser/SecurityServiceWeakened",
            Severity.MEDIUM,
            "T1562.001",
            "A security service was weakened: {what}.",
            "GuardDuty, Security Hub, Config, Macie, Inspector, Detective, Access Analyzer, a web firewall or an alarm is"
                    + " switched off, deleted or made to hide its findings.",
            FAILED + "a service that was never switched on; exceptions made where its own policy allows them.",
            RESTORE);
    private static final FindingType BUCKET = RuleTypes.own(
            "DefenseEvasion:IAMUser/BucketProtectionWeakened",
            Severity.MEDIUM,
            "T1562.001",
            "The protection of a bucket was weakened: {what}.",
            "versioning is suspended, MFA delete switched off, or encryption, replication or an object lock taken away.",
            FAILED + "buckets that never had the protection.",
            RESTORE);
    private static final FindingType MODEL = RuleTypes.own(
            "DefenseEvasion:IAMUser/ModelSafeguardRemoved",
            Severity.MEDIUM,
            "T1562.001",
            "A safeguard of models was taken away: {what}.",
            "a guardrail of Amazon Bedrock is deleted.",
            FAILED + "a guardrail that is made weaker but stays; calls that name no guardrail.",
            RESTORE);
    private static final FindingType FACTOR = RuleTypes.own(
            "DefenseEvasion:IAMUser/SecondFactorRemoved",
            Severity.MEDIUM,
            "T1556.006",
            "A second factor was taken away: {what}.",
            "the MFA device of another user, or of root, is deactivated or deleted.",
            FAILED + "a user's change of their own device.",
            "Ask the user. If they know nothing of it, give them a new device and password, and look at what was done in"
                    + " their name.");
    private static final FindingType GUARD_RAIL = RuleTypes.own(
            "DefenseEvasion:IAMUser/OrganizationGuardRemoved",
            Severity.HIGH,
            "T1666",
            "A guard of the organization was taken away: {what}.",
            "an account leaves its organization or tries to; a kind of policy is switched off; a policy is detached or"
                    + " deleted; trusted access of a security service ends.",
            "other calls that failed; a policy that is only made weaker.",
            RESTORE);
    private static final FindingType REGION = RuleTypes.own(
            "DefenseEvasion:IAMUser/RegionEnabled",
            Severity.MEDIUM,
            "T1535",
            "A Region was enabled: {what}.",
            "a Region that is off by default is enabled.",
            FAILED + "Regions that are always on.",
            "If nobody planned to use it, disable it again and look there for what was started.");

    static final List<Rule> ALL = List.of(
            service("GuardDutySwitchedOff")
                    .on(
                            "guardduty",
                            "DeleteDetector",
                            "StopMonitoringMembers",
                            "DisassociateFromMasterAccount",
                            "DisassociateFromAdministratorAccount",
                            "DisassociateMembers",
                            "DeleteMembers",
                            "DisableOrganizationAdminAccount")
                    .says("GuardDuty no longer watches", "What happens next raises no alarm.")
                    .build(),
            service("GuardDutyNarrowed")
                    .on("guardduty", "UpdateDetector")
                    .when(request("enable").is("false"))
                    .says("GuardDuty was suspended", "What happens next raises no alarm.")
                    .build(),
            service("GuardDutyFindingsHidden")
                    .on("guardduty", "CreateFilter", "UpdateFilter")
                    .when(request("action").is("ARCHIVE"))
                    .says(
                            "a filter archives findings of GuardDuty by itself",
                            "A filter that is too wide hides an attack.")
                    .build(),
            service("GuardDutyFindingsArchived")
                    .on("guardduty", "ArchiveFindings")
                    .when(Callers.agent("boto", "aws-cli", "aws-sdk", "python", "curl"))
                    .says("findings of GuardDuty were archived by a program", "People archive in the console.")
                    .build(),
            service("GuardDutyTrustsAddresses")
                    .on("guardduty", "CreateIPSet", "UpdateIPSet", "CreateTrustedEntitySet", "UpdateTrustedEntitySet")
                    .when(When.not(request("activate").is("false")))
                    .says("GuardDuty was told addresses to trust", "From a trusted address nothing raises an alarm.")
                    .build(),
            service("GuardDutyFindingsNotSent")
                    .on("guardduty", "DeletePublishingDestination")
                    .says("GuardDuty's findings are no longer sent on", "Whoever waits for them hears nothing.")
                    .build(),
            service("SecurityHubSwitchedOff")
                    .on(
                            "securityhub",
                            "DisableSecurityHub",
                            "BatchDisableStandards",
                            "DisassociateMembers",
                            "DeleteMembers",
                            "DisassociateFromAdministratorAccount",
                            "DisassociateFromMasterAccount",
                            "DisableImportFindingsForProduct",
                            "DeleteActionTarget")
                    .says("Security Hub, or a part of it, was switched off", "Its checks and findings end.")
                    .build(),
            service("SecurityHubFindingsHidden")
                    .on("securityhub", "DeleteInsight", "UpdateFindings", "UpdateInsight", "CreateAutomationRule")
                    .when(Callers.NO_SERVICE)
                    .says("findings of Security Hub were hidden or changed", "An attack may be hidden among them.")
                    .build(),
            service("ConfigSwitchedOff")
                    .on("config", "StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel")
                    .says("AWS Config no longer records", "Changes to resources leave no trace there.")
                    .build(),
            service("ScannerSwitchedOff")
                    .on(
                            "macie2,inspector2,detective,access-analyzer,auditmanager",
                            "DisableMacie",
                            "Disable",
                            "DeleteGraph",
                            "DeleteAnalyzer",
                            "DeregisterAccount")
                    .says(
                            "Macie, Inspector, Detective, Access Analyzer or Audit Manager was switched off",
                            "What it would find from now on is not found.")
                    .build(),
            service("WebFirewallRemoved")
                    .on(
                            "wafv2,waf,waf-regional",
                            "DisassociateWebACL",
                            "DeleteWebACL",
                            "DeleteLoggingConfiguration",
                            "DeleteRuleGroup",
                            "DeleteFirewallManagerRuleGroups")
                    .says("a web firewall or its log was taken away", "Requests reach the application unfiltered.")
                    .build(),
            service("NetworkFirewallRemoved")
                    .on(
                            "network-firewall,route53resolver",
                            "DeleteFirewall",
                            "DeleteFirewallPolicy",
                            "DisassociateFirewallRuleGroup",
                            "DeleteFirewallRuleGroup")
                    .says("a network or DNS firewall was taken away", "What it blocked is open now.")
                    .build(),
            bucket("BucketVersioningSuspended")
                    .on("s3", "PutBucketVersioning")
                    .when(request("VersioningConfiguration.Status").is("Suspended"))
                    .says("versioning was suspended", "What is deleted or overwritten from now on is gone.")
                    .build(),
            bucket("BucketMfaDeleteDisabled")
                    .on("s3", "PutBucketVersioning")
                    .when(request("VersioningConfiguration.MfaDelete").is("Disabled"))
                    .says(
                            "versions can be deleted without a second factor",
                            "Stolen keys are then enough to delete them for good.")
                    .build(),
            bucket("BucketEncryptionRemoved")
                    .on("s3", "DeleteBucketEncryption")
                    .when(Callers.NO_SERVICE)
                    .says(
                            "the encryption that a bucket asks for was taken away",
                            "Its own key no longer guards objects.")
                    .build(),
            bucket("BucketCustomerKeysAllowed")
                    .on("s3", "PutBucketEncryption")
                    .when(When.all(
                            request("ServerSideEncryptionConfiguration").contains("BlockedEncryptionTypes"),
                            When.not(
                                    request("ServerSideEncryptionConfiguration").contains("SSE-C"))))
                    .insteadOf("S3CustomerProvidedKeysEnabled")
                    .says(
                            "objects may be encrypted with keys that AWS does not keep",
                            "Ransomware encrypts objects with a key that only the attacker has.")
                    .build(),
            bucket("BucketReplicationRemoved")
                    .on("s3", "DeleteBucketReplication")
                    .says("a bucket is no longer copied", "The copy that would survive is not made any more.")
                    .build(),
            bucket("BucketLockRemoved")
                    .on("s3", "PutBucketObjectLockConfiguration", "PutObjectLockConfiguration")
                    .when(When.not(request("ObjectLockConfiguration").contains("Retention")))
                    .says("objects of a bucket are no longer locked", "They can be deleted before their time.")
                    .build(),
            Rule.named("GuardrailRemoved")
                    .as(Rule.Kind.OWN, MODEL, Severity.MEDIUM)
                    .on("bedrock", "DeleteGuardrail")
                    .says("a guardrail was deleted", "Models answer what it refused.")
                    .build(),
            factor("SecondFactorDeactivated")
                    .on("iam", "DeactivateMFADevice")
                    .when(When.any(Callers.other(request("userName")), Callers.ROOT))
                    .says("the second factor of a user was deactivated", "Their password alone is enough now.")
                    .build(),
            guard("LeftOrganization")
                    .on("organizations", "LeaveOrganization")
                    .orTried()
                    .insteadOf("OrganizationLeaveAttempt")
                    .says(
                            "the account was to leave its organization",
                            "Outside it no policy and no central log of the organization binds the account.")
                    .build(),
            guard("OrganizationPolicyKindDisabled")
                    .on("organizations", "DisablePolicyType")
                    .insteadOf("OrganizationPolicyDisabled")
                    .says(
                            "a kind of policy was switched off for an organization's root",
                            "Guard rails of every account below it are gone at once.")
                    .build(),
            Rule.named("OrganizationPolicyDetached")
                    .as(Rule.Kind.OWN, GUARD_RAIL, Severity.MEDIUM)
                    .on("organizations", "DetachPolicy", "DisableAWSServiceAccess", "DeregisterDelegatedAdministrator")
                    .says(
                            "a policy or a trusted service was detached from a part of the organization",
                            "A guard rail of the accounts below it is gone.")
                    .build(),
            Rule.named("RegionEnabled")
                    .as(Rule.Kind.OWN, REGION, Severity.MEDIUM)
                    .on("", "EnableRegion")
                    .says("a Region that was off is on now", "Attackers work where nobody looks.")
                    .build());

    private Evasion() {}

    private static Rule.Builder service(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, SECURITY_SERVICE, Severity.MEDIUM);
    }

    private static Rule.Builder bucket(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, BUCKET, Severity.MEDIUM);
    }

    private static Rule.Builder factor(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, FACTOR, Severity.MEDIUM);
    }

    private static Rule.Builder guard(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, GUARD_RAIL, Severity.HIGH);
    }
}
