package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublicBucketsTest {

    private static final String STAR =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}]}";
    private static final String OTHER = STAR.replace("GetObject", "PutObject");
    private static final String SHUT = "{\"Statement\":[]}";
    private static final String ON = block(true);
    private static final String OFF = block(false);

    private final PublicBuckets detector = new PublicBuckets();
    private final CallFixture account = new CallFixture();

    private static String block(boolean on) {
        return ("{\"IgnorePublicAcls\":x,\"RestrictPublicBuckets\":x,\"BlockPublicAcls\":x,\"BlockPublicPolicy\":x}")
                .replace("x", String.valueOf(on));
    }

    private List<String> call(String action, String... fields) {
        return account.types(detector, CallFixture.with(CallFixture.call("s3", action), fields));
    }

    private List<String> policy(String json) {
        return call("PutBucketPolicy", "bucketName", "data", "bucketPolicy", json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", textBlock = """
            # what                            | action       | field                    | value                       | type
            canned public-read                | PutBucketAcl | x-amz-acl                | public-read                 | Policy:S3/BucketAnonymousAccessGranted
            canned, as a list                 | PutBucketAcl | x-amz-acl                | ["public-read-write"]       | Policy:S3/BucketAnonymousAccessGranted
            canned for AWS users              | PutBucketAcl | x-amz-acl                | authenticated-read          | Policy:S3/BucketPublicAccessGranted
            canned private                    | PutBucketAcl | x-amz-acl                | private                     | none
            canned log delivery               | PutBucketAcl | x-amz-acl                | log-delivery-write          | none
            bucket made public                | CreateBucket | x-amz-acl                | public-read                 | Policy:S3/BucketAnonymousAccessGranted
            grant header to everybody         | PutBucketAcl | x-amz-grant-read         | ["uri=\\"http://acs.amazonaws.com/groups/global/AllUsers\\""] | Policy:S3/BucketAnonymousAccessGranted
            grant header to one id            | PutBucketAcl | x-amz-grant-full-control | id="abc"                    | none
            grant of the body                 | PutBucketAcl | AccessControlPolicy      | {"AccessControlList":{"Grant":[{"Grantee":{"ID":"a"},"Permission":"FULL_CONTROL"},{"Grantee":{"URI":"http://acs.amazonaws.com/groups/global/AuthenticatedUsers"},"Permission":"READ"}]}} | Policy:S3/BucketPublicAccessGranted
            one grant, not a list             | PutBucketAcl | AccessControlPolicy      | {"AccessControlList":{"Grant":{"Grantee":{"URI":"http://acs.amazonaws.com/groups/global/AllUsers"},"Permission":"READ"}}} | Policy:S3/BucketAnonymousAccessGranted
            log delivery group                | PutBucketAcl | AccessControlPolicy      | {"AccessControlList":{"Grant":{"Grantee":{"URI":"http://acs.amazonaws.com/groups/s3/LogDelivery"},"Permission":"WRITE"}}} | none
            """)
    void readsAcls(String name, String action, String field, String value, String type) {
        assertEquals(type == null ? List.of() : List.of(type), call(action, "bucketName", "data", field, value));
    }

    @Test
    void aGrantIsToldWhenItIsAdded() {
        assertEquals(1, policy(STAR).size(), "added");
        assertEquals(0, policy(STAR).size(), "the same again, as a stack does at each deployment");
        assertEquals(
                0,
                policy(STAR.replace("\"Effect\"", "\"Sid\":\"new\",\"Effect\"")).size(),
                "renamed");
        assertEquals(1, policy(OTHER).size(), "another grant");
        assertEquals(0, policy(SHUT).size(), "taken away");
        assertEquals(1, policy(STAR).size(), "added again after it was gone");
        assertEquals(0, call("DeleteBucketPolicy", "bucketName", "data").size());
        assertEquals(1, policy(STAR).size(), "and after the policy was deleted");
    }

    @Test
    void aRefusedCallGrantsNothing() {
        ApiCall.Draft refused =
                CallFixture.with(CallFixture.call("s3", "PutBucketPolicy"), "bucketName", "data", "bucketPolicy", STAR);
        refused.errorCode = "AccessDenied";
        assertEquals(List.of(), account.types(detector, refused));
    }

    @Test
    void saysWhetherTheBlockStillHolds() {
        assertEquals("UNKNOWN", effective(STAR), "nothing is known of the block");
        call("PutAccountPublicAccessBlock", "PublicAccessBlockConfiguration", ON);
        assertEquals("NOT_PUBLIC", effective(OTHER), "the account's block is on");
        call("DeleteAccountPublicAccessBlock");
        assertEquals("UNKNOWN", effective(STAR), "the bucket's is not known");
        call("PutBucketPublicAccessBlock", "bucketName", "data", "PublicAccessBlockConfiguration", OFF);
        assertEquals("PUBLIC", effective(OTHER), "both are off");
        assertEquals(
                "UNKNOWN", effective(STAR.replace("[{", "[{\"Effect\":\"Deny\",\"Principal\":\"*\"},{")), "a Deny");
    }

    private String effective(String json) {
        Signal signal = account.signals(
                        detector,
                        CallFixture.with(
                                CallFixture.call("s3", "PutBucketPolicy"), "bucketName", "data", "bucketPolicy", json))
                .getFirst();
        List<?> buckets = (List<?>) ((dev.tocsin.core.finding.Subject.Known) signal.subject())
                .resource()
                .get("s3BucketDetails");
        return ((Doc) buckets.getFirst()).part("publicAccess").text("effectivePermission");
    }

    @Test
    void aBlockIsToldWhenItGoesOff() {
        String bucket = "Policy:S3/BucketBlockPublicAccessDisabled";
        assertEquals(List.of(bucket), block("data", OFF), "unknown counts as on");
        assertEquals(List.of(), block("data", OFF), "off already");
        assertEquals(List.of(), block("data", ON), "on");
        assertEquals(List.of(bucket), block("data", ON.replaceFirst("true", "false")), "one of four");
        assertEquals(List.of(bucket), call("DeleteBucketPublicAccessBlock", "bucketName", "data"), "the others too");
        assertEquals(List.of(), call("DeleteBucketPublicAccessBlock", "bucketName", "data"), "nothing left");
        assertEquals(List.of(), call("PutBucketPublicAccessBlock", "bucketName", "data"), "settings not in the record");
    }

    private List<String> block(String bucket, String settings) {
        return call("PutBucketPublicAccessBlock", "bucketName", bucket, "PublicAccessBlockConfiguration", settings);
    }

    @Test
    void theAccountsBlockHasItsOwnType() {
        String type = "Policy:S3/AccountBlockPublicAccessDisabled";
        assertEquals(List.of(), call("PutAccountPublicAccessBlock", "PublicAccessBlockConfiguration", ON));
        assertEquals(List.of(type), call("DeleteAccountPublicAccessBlock"));
        assertEquals(List.of(), call("DeleteAccountPublicAccessBlock"));
    }

    @Test
    void anAccessPointOpensItsBucketUnlessOnlyAVpcReachesIt() {
        call(
                "CreateAccessPoint",
                "name",
                "in",
                "CreateAccessPointRequest.Bucket",
                "data",
                "CreateAccessPointRequest.VpcConfiguration",
                "{}");
        assertEquals(
                0,
                call("PutAccessPointPolicy", "name", "in", "PutAccessPointPolicyRequest.Policy", STAR)
                        .size());
        call("CreateAccessPoint", "name", "out", "CreateAccessPointRequest.Bucket", "data");
        assertEquals(
                1,
                call("PutAccessPointPolicy", "name", "out", "PutAccessPointPolicyRequest.Policy", STAR)
                        .size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # before                       | before that | now    | findings | earlier state
            logging was on                 | bucket-logs | none   | 1        | on
            nothing is known               | unknown     | none   | 1        | unknown
            logging goes to another bucket | bucket-logs | others | 0        | none
            """)
    void tellsThatLoggingStops(String name, String before, String now, int findings, String state) {
        ServerAccessLoggingDisabled logging = new ServerAccessLoggingDisabled();
        if (!before.equals("unknown")) {
            account.signals(logging, target(before));
        }
        List<Signal> signals = account.signals(logging, target(now));
        assertEquals(findings, signals.size());
        signals.forEach(signal -> assertEquals(state, signal.additional().text("earlierState")));
        if (findings > 0) {
            assertEquals(0, account.signals(logging, target(now)).size(), "off already");
        }
    }

    @Test
    void aBucketMadeBeforeOurEyesDoesNotLog() {
        ServerAccessLoggingDisabled logging = new ServerAccessLoggingDisabled();
        account.signals(logging, CallFixture.with(CallFixture.call("s3", "CreateBucket"), "bucketName", "data"));
        assertEquals(0, account.signals(logging, target(null)).size());
    }

    private static ApiCall.Draft target(String bucket) {
        ApiCall.Draft call = CallFixture.call("s3", "PutBucketLogging");
        return bucket == null
                ? CallFixture.with(call, "bucketName", "data", "BucketLoggingStatus", "{}")
                : CallFixture.with(
                        call,
                        "bucketName",
                        "data",
                        "BucketLoggingStatus",
                        "{..}",
                        "BucketLoggingStatus.LoggingEnabled.TargetBucket",
                        bucket);
    }
}
