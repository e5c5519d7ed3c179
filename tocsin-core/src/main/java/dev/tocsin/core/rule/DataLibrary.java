package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;
import static dev.tocsin.core.rule.Field.response;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** Of GuardDuty's library, the rules on data, logs, mail and code (finding-types: custom detection rules). */
final class DataLibrary {

    private static final FindingType TOOLS =
            RuleTypes.library("DefenseImpairment:EC2/DisableOrModifyTools", Severity.HIGH, "T1562.001");
    private static final FindingType TRANSFER =
            RuleTypes.library("Exfiltration:EC2/TransferDataToCloudAccount", Severity.HIGH, "T1537");
    private static final FindingType MAIL = RuleTypes.library("Impact:SES/ResourceHijacking", Severity.MEDIUM, "T1496");

    static final List<Rule> ALL = List.of(
            of("EC2TerminationProtectionEnabled", TOOLS, Severity.LOW)
                    .on("ec2", "ModifyInstanceAttribute")
                    .when(When.any(
                            request("disableApiTermination.value").is("true"),
                            request("disableApiTermination").is("true"),
                            When.all(
                                    request("attribute").is("disableApiTermination"),
                                    request("value").is("true"))))
                    .says(
                            "an instance was protected from being terminated",
                            "Miners protect their instances so that clearing up takes longer.")
                    .build(),
            of("VPCFlowLogsDeleted", TOOLS, Severity.HIGH)
                    .on("ec2", "DeleteFlowLogs")
                    .says("a flow log was deleted", "Traffic then leaves no trace.")
                    .build(),
            rule(
                            "OrganizationLeaveAttempt",
                            "DefenseImpairment:Organizations/ModifyCloudResourceHierarchy",
                            Severity.HIGH,
                            "T1666")
                    .on("organizations", "LeaveOrganization")
                    .orTried()
                    .says(
                            "the account was to leave its organization",
                            "Outside it no policy and no central log of the organization binds the account.")
                    .build(),
            rule(
                            "OrganizationPolicyDisabled",
                            "DefenseImpairment:Organizations/DisableOrModifyTools",
                            Severity.HIGH,
                            "T1562.001")
                    .on("organizations", "DisablePolicyType")
                    .says(
                            "a kind of policy was switched off for an organization's root",
                            "Guard rails of every account below it are gone at once.")
                    .build(),
            rule(
                            "DNSQueryLogsDeleted",
                            "DefenseImpairment:Route53Resolver/DisableOrModifyTools",
                            Severity.MEDIUM,
                            "T1562.001")
                    .on("route53resolver", "DeleteResolverQueryLogConfig")
                    .says("a resolver query log was deleted", "Look-ups of names then leave no trace.")
                    .build(),
            rule(
                            "S3CustomerProvidedKeysEnabled",
                            "DefenseImpairment:S3/DisableOrModifyTools",
                            Severity.HIGH,
                            "T1562.001")
                    .on("s3", "PutBucketEncryption")
                    .when(When.all(
                            request("ServerSideEncryptionConfiguration").contains("BlockedEncryptionTypes"),
                            When.not(
                                    request("ServerSideEncryptionConfiguration").contains("SSE-C"))))
                    .says(
                            "a bucket lets objects be encrypted with keys that AWS does not keep",
                            "Ransomware encrypts objects with a key that only the attacker has.")
                    .build(),
            rule(
                            "SageMakerLifecycleConfigModified",
                            "Execution:SageMaker/CommandAndScriptingInterpreter",
                            Severity.MEDIUM,
                            "T1059")
                    .on(
                            "sagemaker",
                            "CreateNotebookInstanceLifecycleConfig",
                            "UpdateNotebookInstanceLifecycleConfig",
                            "CreateStudioLifecycleConfig")
                    .says("a script that notebooks run at their start was set", "It runs with the notebook's role.")
                    .build(),
            of("AMIExternalAccess", TRANSFER, Severity.HIGH)
                    .on("ec2", "ModifyImageAttribute")
                    .when(Sharing.IMAGE)
                    .says("a machine image was shared", "Whoever gets it can start it and read its disks.")
                    .build(),
            of("EBSSnapshotExternalAccess", TRANSFER, Severity.HIGH)
                    .on("ec2", "ModifySnapshotAttribute")
                    .when(Sharing.DISK)
                    .says("a disk snapshot was shared", "Whoever gets it can read the whole disk.")
                    .build(),
            rule("RDSSnapshotPubliclyShared", "Exfiltration:RDS/TransferDataToCloudAccount", Severity.HIGH, "T1537")
                    .on("rds", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute")
                    .when(Sharing.DATABASE_PUBLIC)
                    .says("a database snapshot was made public", "Everybody can restore it and read the database.")
                    .build(),
            rule("S3BucketPolicyExternalAccess", "Exfiltration:S3/TransferDataToCloudAccount", Severity.HIGH, "T1537")
                    .on("s3", "PutBucketPolicy")
                    .when(request("bucketPolicy").allowsForeignAccount())
                    .says(
                            "another account was let into a bucket",
                            "It can take the objects without a trace of its own.")
                    .build(),
            rule("S3LifecycleRapidExpiration", "Impact:S3/DataDestruction", Severity.MEDIUM, "T1485")
                    .on("s3", "PutBucketLifecycle", "PutBucketLifecycleConfiguration")
                    .when(Expiry.within(Expiry.RAPID_DAYS))
                    .says(
                            "a bucket's objects are to expire within days",
                            "A lifecycle rule deletes quietly what a trail or backup wrote.")
                    .build(),
            of("SESAccountSendingEnabled", MAIL, Severity.LOW)
                    .on("ses", "UpdateAccountSendingEnabled", "PutAccountSendingAttributes")
                    .when(When.any(
                            request("enabled").is("true"),
                            request("sendingEnabled").is("true")))
                    .says("sending of mail was switched on", "Stolen accounts are used to send spam.")
                    .build(),
            of("SESProductionAccessEnabled", MAIL, Severity.MEDIUM)
                    .on("ses", "PutAccountDetails")
                    .when(request("productionAccessEnabled").is("true"))
                    .says(
                            "mail to any address was asked for",
                            "Outside its sandbox a stolen account can send spam to everybody.")
                    .build(),
            rule("RDSPubliclyAccessible", "InitialAccess:RDS/ExploitPublicFacingApplication", Severity.HIGH, "T1190")
                    .on(
                            "rds",
                            "CreateDBInstance",
                            "CreateDBCluster",
                            "ModifyDBInstance",
                            "ModifyDBCluster",
                            "RestoreDBInstanceFromDBSnapshot",
                            "RestoreDBInstanceToPointInTime",
                            "RestoreDBInstanceFromS3",
                            "RestoreDBClusterFromSnapshot",
                            "CreateDBInstanceReadReplica")
                    .when(When.any(
                            request("publiclyAccessible").is("true"),
                            When.all(
                                    When.not(request("publiclyAccessible").exists()),
                                    When.not(Callers.action("ModifyDBInstance", "ModifyDBCluster")),
                                    response("publiclyAccessible").is("true"))))
                    .says("a database can be reached from the internet", "Anybody can try its passwords and flaws.")
                    .build(),
            rule("EC2UserDataModified", "Persistence:EC2/BootOrLogonInitializationScripts", Severity.HIGH, "T1037")
                    .on("ec2", "ModifyInstanceAttribute")
                    .when(When.any(
                            request("userData").exists(), request("attribute").is("userData")))
                    .says(
                            "the script that an instance runs at its start was changed",
                            "It runs as root with the instance's role.")
                    .build(),
            rule("SESDomainIdentityVerified", "ResourceDevelopment:SES/CompromiseAccounts", Severity.MEDIUM, "T1586")
                    .on("ses", "VerifyDomainIdentity", "CreateEmailIdentity")
                    .when(When.not(request("emailIdentity").contains("@")))
                    .says(
                            "a domain was registered to send mail from",
                            "Spammers add their own domains to stolen accounts.")
                    .build());

    private DataLibrary() {}

    private static Rule.Builder rule(String name, String type, Severity severity, String technique) {
        return of(name, RuleTypes.library(type, severity, technique), severity);
    }

    private static Rule.Builder of(String name, FindingType type, Severity severity) {
        return Rule.named(name).as(Rule.Kind.LIBRARY, type, severity);
    }
}
