package dev.tocsin.core.rule;

import static dev.tocsin.core.rule.Field.request;

import dev.tocsin.core.finding.FindingType;
import java.util.List;

/** Data given to outsiders: everybody, or another account. */
final class Sharing {

    private static final String ALL_USERS = "\"all\"";

    private static final Field IMAGE_ADDED = request("launchPermission.add");
    private static final Field DISK_ADDED = request("createVolumePermission.add");
    private static final Field DATABASE_ADDED = request("valuesToAdd");
    private static final Field DOCUMENT_ADDED = request("accountIdsToAdd");
    private static final Field POLICY = request("policy");

    static final When IMAGE = When.any(IMAGE_ADDED.contains(ALL_USERS), IMAGE_ADDED.namesForeignAccount());
    static final When DISK = When.any(DISK_ADDED.contains(ALL_USERS), DISK_ADDED.namesForeignAccount());
    static final When DATABASE_PUBLIC =
            When.all(request("attributeName").is("restore"), DATABASE_ADDED.contains(ALL_USERS));

    private static final FindingType PUBLIC = type(
            "Exfiltration:IAMUser/DataMadePublic",
            Severity.HIGH,
            "Data was made public: {what}.",
            "an image, snapshot, document or repository is shared with everybody.");
    private static final FindingType SHARED = type(
            "Exfiltration:IAMUser/DataSharedOutside",
            Severity.MEDIUM,
            "Data was shared with another account: {what}.",
            "an image, snapshot, document, repository, secret or key is shared with an account that is not the call's own.");

    private static final String OWN_ACCOUNTS =
            "If the other account is one of yours, share within the organization instead, or archive this by a filter.";

    static final List<Rule> ALL = List.of(
            open("ImageMadePublic")
                    .on("ec2", "ModifyImageAttribute")
                    .when(IMAGE_ADDED.contains(ALL_USERS))
                    .insteadOf("AMIExternalAccess")
                    .says("a machine image was shared with everybody", "Everybody can start it and read its disks.")
                    .build(),
            open("DiskSnapshotMadePublic")
                    .on("ec2", "ModifySnapshotAttribute")
                    .when(DISK_ADDED.contains(ALL_USERS))
                    .insteadOf("EBSSnapshotExternalAccess")
                    .says("a disk snapshot was shared with everybody", "Everybody can copy it and read the whole disk.")
                    .build(),
            open("DatabaseSnapshotMadePublic")
                    .on("rds", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute")
                    .when(DATABASE_PUBLIC)
                    .insteadOf("RDSSnapshotPubliclyShared")
                    .says(
                            "a database snapshot was shared with everybody",
                            "Everybody can restore it and read the database.")
                    .build(),
            open("DocumentMadePublic")
                    .on("ssm", "ModifyDocumentPermission")
                    .when(DOCUMENT_ADDED.contains(ALL_USERS))
                    .says(
                            "a Systems Manager document was shared with everybody",
                            "Documents often hold names, paths and secrets of what they run on.")
                    .build(),
            open("RepositoryMadePublic")
                    .on("ecr", "SetRepositoryPolicy", "PutRegistryPolicy")
                    .when(request("policyText").isPublicPolicy())
                    .says(
                            "a registry of images was opened to everybody",
                            "Everybody can pull the images and their code.")
                    .build(),
            open("BuildMadePublic")
                    .on("codebuild", "UpdateProjectVisibility")
                    .when(request("projectVisibility").is("PUBLIC_READ"))
                    .says(
                            "a build project was made public",
                            "Everybody can read the logs and artifacts of its builds, and what stands in them.")
                    .build(),
            shared("ImageSharedOutside")
                    .on("ec2", "ModifyImageAttribute")
                    .when(IMAGE_ADDED.namesForeignAccount())
                    .insteadOf("AMIExternalAccess")
                    .says("a machine image was shared with another account", OWN_ACCOUNTS)
                    .build(),
            shared("DiskSnapshotSharedOutside")
                    .on("ec2", "ModifySnapshotAttribute")
                    .when(DISK_ADDED.namesForeignAccount())
                    .insteadOf("EBSSnapshotExternalAccess")
                    .says("a disk snapshot was shared with another account", OWN_ACCOUNTS)
                    .build(),
            shared("DatabaseSnapshotSharedOutside")
                    .on("rds,redshift,docdb,neptune", "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute")
                    .when(DATABASE_ADDED.namesForeignAccount())
                    .says("a database snapshot was shared with another account", OWN_ACCOUNTS)
                    .build(),
            shared("WarehouseSharedOutside")
                    .on("redshift", "AuthorizeSnapshotAccess", "AuthorizeDataShare")
                    .when(When.any(
                            request("accountWithRestoreAccess").namesForeignAccount(),
                            request("consumerIdentifier").namesForeignAccount()))
                    .says("a data warehouse was shared with another account", OWN_ACCOUNTS)
                    .build(),
            shared("DocumentSharedOutside")
                    .on("ssm", "ModifyDocumentPermission")
                    .when(DOCUMENT_ADDED.namesForeignAccount())
                    .says("a Systems Manager document was shared with another account", OWN_ACCOUNTS)
                    .build(),
            shared("RepositorySharedOutside")
                    .on("ecr", "SetRepositoryPolicy", "PutRegistryPolicy")
                    .when(request("policyText").allowsForeignAccount())
                    .says("a registry of images was opened to another account", OWN_ACCOUNTS)
                    .build(),
            shared("SecretSharedOutside")
                    .on("secretsmanager", "PutResourcePolicy")
                    .when(When.any(
                            request("resourcePolicy").allowsForeignAccount(),
                            request("resourcePolicy").isPublicPolicy()))
                    .says("another account may read a secret", OWN_ACCOUNTS)
                    .build(),
            shared("KeySharedOutside")
                    .on("kms", "PutKeyPolicy", "CreateGrant")
                    .when(When.any(
                            POLICY.allowsForeignAccount(),
                            POLICY.isPublicPolicy(),
                            request("granteePrincipal").namesForeignAccount()))
                    .says("another account may use a key", OWN_ACCOUNTS)
                    .build(),
            shared("BackupSharedOutside")
                    .on("backup", "PutBackupVaultAccessPolicy")
                    .when(When.any(POLICY.allowsForeignAccount(), POLICY.isPublicPolicy()))
                    .says("a vault of backups was opened to another account", OWN_ACCOUNTS)
                    .build(),
            shared("BucketOpenedOutside")
                    .on("s3", "PutBucketPolicy")
                    .when(request("bucketPolicy").allowsForeignAccount())
                    .insteadOf("S3BucketPolicyExternalAccess")
                    .says("another account was let into a bucket", OWN_ACCOUNTS)
                    .build(),
            shared("BucketReplicatedOutside")
                    .on("s3", "PutBucketReplication")
                    .when(When.all(
                            request("ReplicationConfiguration").matches("\"Account\"\\s*:\\s*\"\\d{12}\""),
                            request("ReplicationConfiguration").namesForeignAccount()))
                    .says("a bucket is copied to another account's", OWN_ACCOUNTS)
                    .build(),
            shared("ResourcesSharedOutside")
                    .on("ram", "CreateResourceShare", "AssociateResourceShare")
                    .when(When.all(
                            request("principals").matches("\"\\d{12}\""),
                            request("principals").namesForeignAccount(),
                            When.not(request("allowExternalPrincipals").is("false"))))
                    .says("resources were shared with another account", OWN_ACCOUNTS)
                    .build());

    private Sharing() {}

    private static FindingType type(String name, Severity severity, String title, String fires) {
        return RuleTypes.own(
                name,
                severity,
                "T1537",
                title,
                fires,
                "calls that failed; sharing within the organization by its id; data copied rather than shared.",
                "Take the grant back, find out whether it was used meanwhile, and look at what else these credentials"
                        + " did.");
    }

    private static Rule.Builder open(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, PUBLIC, Severity.HIGH);
    }

    private static Rule.Builder shared(String name) {
        return Rule.named(name).as(Rule.Kind.OWN, SHARED, Severity.MEDIUM);
    }
}
