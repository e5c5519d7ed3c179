package dev.tocsin.core.parse;

import java.util.Set;

/** Which calls are data events where the record does not say: the APIs that CloudTrail files under data. */
final class DataApis {

    private static final Set<String> S3 = Set.of(
            "GetObject",
            "PutObject",
            "DeleteObject",
            "DeleteObjects",
            "HeadObject",
            "HeadBucket",
            "CopyObject",
            "ListObjects",
            "ListObjectsV2",
            "ListObjectVersions",
            "ListParts",
            "ListMultipartUploads",
            "CreateMultipartUpload",
            "CompleteMultipartUpload",
            "AbortMultipartUpload",
            "UploadPart",
            "UploadPartCopy",
            "GetObjectAcl",
            "PutObjectAcl",
            "GetObjectAttributes",
            "GetObjectTagging",
            "PutObjectTagging",
            "DeleteObjectTagging",
            "GetObjectLegalHold",
            "PutObjectLegalHold",
            "GetObjectRetention",
            "PutObjectRetention",
            "GetObjectTorrent",
            "RestoreObject",
            "SelectObjectContent",
            "WriteGetObjectResponse");

    private static final Set<String> DYNAMODB = Set.of(
            "GetItem",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "Query",
            "Scan",
            "BatchGetItem",
            "BatchWriteItem",
            "BatchExecuteStatement",
            "ExecuteStatement",
            "ExecuteTransaction",
            "TransactGetItems",
            "TransactWriteItems",
            "GetRecords",
            "GetShardIterator");

    private static final Set<String> LAMBDA =
            Set.of("Invoke", "InvokeAsync", "InvokeWithResponseStream", "InvokeExecution");

    private DataApis() {}

    /** Whether {@code action} of {@code service} works on the contents of a resource. */
    static boolean isData(String service, String action) {
        return switch (service) {
            case "s3.amazonaws.com" -> S3.contains(action);
            case "dynamodb.amazonaws.com" -> DYNAMODB.contains(action);
            case "lambda.amazonaws.com" -> LAMBDA.contains(action);
            case "sns.amazonaws.com" -> action.equals("Publish") || action.equals("PublishBatch");
            case "sqs.amazonaws.com" -> action.endsWith("Message") || action.endsWith("MessageBatch");
            default -> false;
        };
    }

    /** Whether the call is one on objects in S3, which S3 Protection reads. */
    static boolean isS3Object(String service) {
        return service.equals("s3.amazonaws.com");
    }
}
