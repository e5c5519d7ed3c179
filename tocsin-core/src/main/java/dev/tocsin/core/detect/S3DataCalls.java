package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import java.util.Set;

/** S3 data events, and signals about the bucket they touch. */
final class S3DataCalls {

    /** The calls that S3 files as data events of objects, for the plan of fields. */
    static final Set<String> NAMES = Set.of(
            "AbortMultipartUpload",
            "CompleteMultipartUpload",
            "CopyObject",
            "CreateMultipartUpload",
            "DeleteObject",
            "DeleteObjectTagging",
            "DeleteObjects",
            "GetObject",
            "GetObjectAcl",
            "GetObjectAttributes",
            "GetObjectLegalHold",
            "GetObjectRetention",
            "GetObjectTagging",
            "GetObjectTorrent",
            "HeadBucket",
            "HeadObject",
            "ListMultipartUploads",
            "ListObjectVersions",
            "ListObjects",
            "ListParts",
            "PutObject",
            "PutObjectAcl",
            "PutObjectLegalHold",
            "PutObjectRetention",
            "PutObjectTagging",
            "RestoreObject",
            "SelectObjectContent",
            "UploadPart",
            "UploadPartCopy");

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private S3DataCalls() {}

    /** A signal about the bucket of {@code call}. */
    static ApiCallSignal signal(FindingType type, ApiCall call, Context context) {
        String name = call.field(BUCKET);
        String bucket = name == null ? "unknown" : name;
        return ApiCallSignal.of(type, call, context)
                .aggregation(call.identity().actor())
                .bucket(
                        bucket,
                        new Doc()
                                .with("arn", "arn:" + Partition.of(call.region()) + ":s3:::" + bucket)
                                .with("name", bucket)
                                .with("type", "Destination"));
    }
}
