package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** Data, backups and keys that are destroyed or held to ransom. */
final class Destroying {

    private static final String STOP =
            "Stop it: take the rights from the caller, undo what can be undone, save what is left, and look at what else"
                    + " these credentials did.";

    private static final Field COPY_KEY = request("x-amz-server-side-encryption-aws-kms-key-id");
    private static final Field CUSTOMER_KEY = request("x-amz-server-side-encryption-customer-algorithm");

    /** What ransom notes are called: an order to read, and what about. */
    private static final String RANSOM_NOTE =
            "(^|/)[^/]*(how[-_ ]*to[-_ ]*(decrypt|recover|restore|get[-_ ]*back)|(recover|restore|decrypt)[-_ ]*(your[-_ ]*)?"
                    + "(files?|data|instructions?)|ransom[-_ ]*(note|demand)?|files?[-_ ]*(are[-_ ]*)?encrypted|"
                    + "your[-_ ]*(files?|data)[-_ ]*(are|is|has|have))[^/]*\\.(txt|html?|hta|md|png|jpg)$";

    private static final FindingType KEY = RuleTypes.own(
            "Impact:IAMUser/KeyDeletionScheduled",
            Severity.MEDIUM,
            "T1485",
            "A key is to be deleted: {what}.",
            "a key of KMS is marked for deletion, or the material of one is deleted.",
            "calls that failed; keys that are only disabled.",
            "Cancel the deletion if nobody planned it: what is encrypted with the key is lost with it. " + STOP);
    private static final FindingType BACKUP = RuleTypes.own(
            "Impact:IAMUser/DataDestroyed",
            Severity.MEDIUM,
            "T1490",
            "Backups or data are destroyed: {what}.",
            "a database's automated backups, a recovery point or a vault of AWS Backup is deleted, backups are switched"
                    + " off, or a lifecycle rule over a whole bucket deletes its objects within "
                    + Expiry.RAPID_DAYS + " days.",
            "calls that failed; backups that end by their plan; snapshots deleted one by one; lifecycle rules over a prefix.",
            STOP);
    private static final FindingType RANSOM = RuleTypes.own(
            "Impact:IAMUser/ObjectsHeldToRansom",
            Severity.HIGH,
            "T1486",
            "Objects may be held to ransom: {what}.",
            "an object is written over itself with a key that AWS does not keep or of another account, or a ransom note is"
                    + " put beside objects.",
            "buckets whose data events are not recorded; objects that are deleted; programs that always bring their own"
                    + " key write new objects so.",
            STOP);
    private static final FindingType TAKEN = RuleTypes.own(
            "Exfiltration:IAMUser/ObjectsCopiedOutside",
            Severity.MEDIUM,
            "T1537",
            "Objects were copied into another account's bucket.",
            "CopyObject names a bucket of another account.",
            "buckets whose data events are not recorded; objects that are read and written by another program.",
            STOP);

    static final List<Rule> ALL = List.of(
            Rule.named("KeyDeletionScheduled")
                    .as(Rule.Kind.OWN, KEY, Severity.MEDIUM)
                    .on("kms", "ScheduleKeyDeletion", "DeleteImportedKeyMaterial")
                    .says("a key was marked for deletion", "What is encrypted with it is lost when it goes.")
                    .build(),
            backup("AutomatedBackupsDeleted")
                    .on("rds", "DeleteDBInstanceAutomatedBackup", "DeleteDBClusterAutomatedBackup")
                    .says("the automated backups of a database were deleted", "Ransomware destroys backups first.")
                    .build(),
            backup("AutomatedBackupsSwitchedOff")
                    .on("rds", "ModifyDBInstance", "ModifyDBCluster")
                    .when(request("backupRetentionPeriod").is("0"))
                    .says("the automated backups of a database were switched off", "Those there are deleted at once.")
                    .build(),
            backup("BackupVaultEmptied")
                    .on(
                            "backup",
                            "DeleteBackupVault",
                            "DeleteRecoveryPoint",
                            "DeleteBackupVaultLockConfiguration",
                            "DeleteBackupPlan")
                    .when(Callers.NO_SERVICE)
                    .says("backups, or the plan that makes them, were deleted", "Ransomware destroys backups first.")
                    .build(),
            Rule.named("BucketSetToExpire")
                    .as(Rule.Kind.OWN, BACKUP, Severity.MEDIUM)
                    .on("s3", "PutBucketLifecycle", "PutBucketLifecycleConfiguration")
                    .when(Expiry.wholeWithin(Expiry.RAPID_DAYS))
                    .insteadOf("S3LifecycleRapidExpiration")
                    .says(
                            "all objects of a bucket are to expire within days",
                            "A lifecycle rule deletes quietly what a trail or backup wrote.")
                    .build(),
            ransom("ObjectOverwrittenWithOwnKey")
                    .on("s3", "CopyObject")
                    .when(CUSTOMER_KEY.exists())
                    .says(
                            "objects were encrypted with a key that AWS does not keep",
                            "Only who has the key can read them again.")
                    .build(),
            ransom("ObjectOverwrittenWithForeignKey")
                    .on("s3", "CopyObject")
                    .when(COPY_KEY.namesForeignAccount())
                    .says(
                            "objects were encrypted with a key of another account",
                            "The other account decides who can read them.")
                    .build(),
            ransom("RansomNoteWritten")
                    .on("s3", "PutObject")
                    .when(request("key").matches(RANSOM_NOTE))
                    .says("an object is called like a ransom note", "It is left when the objects beside it are gone.")
                    .build(),
            Rule.named("ObjectCopiedOutside")
                    .as(Rule.Kind.OWN, TAKEN, Severity.MEDIUM)
                    .on("s3", "CopyObject")
                    .when(Buckets.OF_ANOTHER_ACCOUNT)
                    .says("an object was copied into another account's bucket", "So data leaves without being read.")
                    .build(),
            notable("ProcessorsForModelsStarted")
                    .on("ec2", "RunInstances", "RequestSpotInstances", "CreateFleet")
                    .orTried()
                    .when(When.all(
                            When.any(
                                    request("instanceType").matches("\\b(p[2-6]|g[3-7]|trn|inf|dl)[0-9a-z-]*\\."),
                                    request("launchSpecification")
                                            .matches("\\b(p[2-6]|g[3-7]|trn|inf|dl)[0-9a-z-]*\\.")),
                            Callers.NO_SERVICE))
                    .says("instances with processors for models were asked for", "Miners like them, too.")
                    .build(),
            notable("DatabaseDeletedWithoutSnapshot")
                    .on("rds", "DeleteDBInstance", "DeleteDBCluster")
                    .when(request("skipFinalSnapshot").is("true"))
                    .says("a database was deleted without a last snapshot", "Its data is gone.")
                    .build(),
            notable("SnapshotExported")
                    .on("rds,ec2", "StartExportTask", "CreateInstanceExportTask", "ExportImage")
                    .says("a snapshot or image was exported to a bucket", "There it can be read without the database.")
                    .build(),
            notable("SnapshotCopiedToRegion")
                    .on("rds", "CopyDBSnapshot", "CopyDBClusterSnapshot")
                    .when(request("sourceRegion").exists())
                    .says("a database snapshot was copied to another Region", "It may leave from there.")
                    .build());

    private Destroying() {}

    private static Rule.Builder backup(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, BACKUP, Severity.MEDIUM);
    }

    private static Rule.Builder ransom(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, RANSOM, Severity.HIGH);
    }

    private static Rule.Builder notable(String name) {
        return Rule.named(name).as(Rule.Kind.NOTABLE, Notable.IMPACT, Severity.MEDIUM);
    }
}
