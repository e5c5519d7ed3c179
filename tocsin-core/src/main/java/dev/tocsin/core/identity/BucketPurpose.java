package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call about a bucket serves, as GuardDuty parts its anomaly types of S3. */
public enum BucketPurpose {
    /** Looking what is there. */
    DISCOVERY(1, "Discovery:S3/AnomalousBehavior"),
    /** Reading objects. */
    EXFILTRATION(2, "Exfiltration:S3/AnomalousBehavior"),
    /** Writing objects. */
    WRITE(3, "Impact:S3/AnomalousBehavior.Write"),
    /** Deleting objects or the bucket. */
    DELETE(4, "Impact:S3/AnomalousBehavior.Delete"),
    /** Changing who may do what. */
    PERMISSION(5, "Impact:S3/AnomalousBehavior.Permission");

    private static final String SERVICE = "s3.amazonaws.com";

    private static final Set<String> READS = Set.of("GetObject", "GetObjectTorrent", "SelectObjectContent");
    private static final Set<String> DELETES =
            Set.of("DeleteObject", "DeleteObjects", "DeleteObjectVersion", "DeleteBucket");
    private static final Set<String> PERMISSIONS = Set.of(
            "PutObjectAcl",
            "PutBucketAcl",
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "PutBucketPublicAccessBlock",
            "DeleteBucketPublicAccessBlock");

    /** The management calls among them. */
    public static final Set<String> MANAGEMENT = Set.of(
            "DeleteBucket",
            "PutBucketAcl",
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "PutBucketPublicAccessBlock",
            "DeleteBucketPublicAccessBlock");

    private final int number;
    private final String typeName;

    BucketPurpose(int number, String typeName) {
        this.number = number;
        this.typeName = typeName;
    }

    /** The finding type of anomalies that serve it. */
    public String typeName() {
        return typeName;
    }

    /** Its number in state entries, which never changes; 1 to 5. */
    int number() {
        return number;
    }

    /**
     * What {@code call} serves; null if it is none of S3's data events, nor a management call that deletes a bucket or changes
     * its permissions.
     */
    public static @Nullable BucketPurpose of(ApiCall call) {
        if (!call.service().equals(SERVICE)) {
            return null;
        }
        if (DELETES.contains(call.action())) {
            return DELETE;
        }
        if (PERMISSIONS.contains(call.action())) {
            return PERMISSION;
        }
        if (!call.isS3Data()) {
            return null;
        }
        if (READS.contains(call.action())) {
            return EXFILTRATION;
        }
        boolean looks = call.action().startsWith("List")
                || call.action().startsWith("Head")
                || call.action().startsWith("Get");
        return looks ? DISCOVERY : WRITE;
    }
}
