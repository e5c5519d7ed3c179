package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Findings that hang on earlier calls: told at once, and in the end the same whatever the order in which calls came. */
final class OrderedDetectorsTest {

    private static final long START = IdentityCalls.START;
    private static final String PUBLIC =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\"}]}";
    private static final String ON = block(true);
    private static final String OFF = block(false);

    private final IdentityCalls made = new IdentityCalls();

    private static String block(boolean on) {
        return "{\"IgnorePublicAcls\":x,\"RestrictPublicBuckets\":x,\"BlockPublicAcls\":x,\"BlockPublicPolicy\":x}"
                .replace("x", String.valueOf(on));
    }

    private ApiCall call(long minute, String service, String action, String... fields) {
        ApiCall.Draft draft =
                made.draft("alice", START + minute * 60, service, action, IdentityCalls.HOME, IdentityCalls.TOOL);
        List<FieldPath> plan = new ArrayList<>();
        draft.values = new String[fields.length / 2];
        for (int i = 0; i < draft.values.length; i++) {
            plan.add(FieldPath.of("requestParameters." + fields[2 * i]));
            draft.values[i] = fields[2 * i + 1];
        }
        draft.plan = plan;
        return draft.build();
    }

    private ApiCall policy(long minute, String bucket) {
        return call(minute, "s3", "PutBucketPolicy", "bucketName", bucket, "bucketPolicy", PUBLIC);
    }

    private List<ApiCall> day() {
        return List.of(
                call(1, "s3", "PutAccountPublicAccessBlock", "PublicAccessBlockConfiguration", ON),
                policy(2, "shut"),
                call(3, "s3", "PutAccountPublicAccessBlock", "PublicAccessBlockConfiguration", OFF),
                call(
                        4,
                        "s3",
                        "PutBucketPublicAccessBlock",
                        "bucketName",
                        "data",
                        "PublicAccessBlockConfiguration",
                        OFF),
                policy(5, "data"),
                policy(6, "data"),
                call(7, "s3", "DeleteBucketPolicy", "bucketName", "data"),
                policy(8, "data"),
                call(9, "s3", "PutBucketLogging", "bucketName", "data", "BucketLoggingStatus", "{}"),
                call(10, "s3", "PutBucketLogging", "bucketName", "data", "BucketLoggingStatus", "{}"),
                call(11, "iam", "UpdateAccountPasswordPolicy", "minimumPasswordLength", "14"),
                call(12, "iam", "UpdateAccountPasswordPolicy", "minimumPasswordLength", "6"),
                call(13, "cloudtrail", "CreateTrail", "name", "main", "s3BucketName", "trail-bucket"),
                call(14, "s3", "DeleteBucket", "bucketName", "trail-bucket"));
    }

    private static AccountAndDesk engine() {
        return new AccountAndDesk(IdentityCalls.services(), finding -> false);
    }

    private static List<String> standing(AccountAndDesk engine) {
        return engine.desk.findings.values().stream()
                .filter(finding -> !finding.isFolded())
                .map(finding -> finding.document().toJson())
                .sorted()
                .toList();
    }

    private static List<String> told(List<ApiCall> calls, boolean restart) {
        AccountAndDesk engine = engine();
        for (ApiCall call : calls) {
            engine.take(List.of(call));
            if (restart) {
                engine.saveAndLoad();
            }
        }
        engine.advance(Long.MAX_VALUE);
        return standing(engine);
    }

    @Test
    void anyOrderTellsTheSame() {
        List<ApiCall> calls = new ArrayList<>(day());
        List<String> inOrder = told(calls, false);
        assertTrue(
                Stream.of(
                                "Policy:S3/BucketAnonymousAccessGranted",
                                "Policy:S3/AccountBlockPublicAccessDisabled",
                                "Policy:S3/BucketBlockPublicAccessDisabled",
                                "Stealth:S3/ServerAccessLoggingDisabled",
                                "Stealth:IAMUser/PasswordPolicyChange",
                                "Stealth:IAMUser/CloudTrailLoggingDisabled")
                        .allMatch(type -> inOrder.stream().anyMatch(json -> json.contains(type))),
                String.join("\n", inOrder));
        for (long seed = 0; seed < 50; seed++) {
            Collections.shuffle(calls, new Random(seed));
            assertEquals(inOrder, told(calls, seed % 10 == 0), "seed " + seed);
        }
    }

    @Test
    void tellsAtOnceAndTakesBackWhatAnEarlierCallExplains() {
        ApiCall first = policy(2, "data");
        ApiCall again = policy(8, "data");
        AccountAndDesk engine = engine();
        engine.take(List.of(again));
        List<String> atOnce = standing(engine);
        assertEquals(1, atOnce.size(), "told before its minute is settled");
        engine.take(List.of(first));
        engine.advance(Long.MAX_VALUE);
        assertNotEquals(atOnce, standing(engine), "the grant was there since the first, and the second is not counted");
        assertEquals(told(List.of(first, again), false), standing(engine));
    }

    @Test
    void whatIsSettledAsItWasToldIsNotToldAgain() {
        AccountAndDesk engine = engine();
        engine.take(List.of(policy(5, "data")));
        long told = engine.desk.findings.values().iterator().next().revision();
        engine.advance(Long.MAX_VALUE);
        assertEquals(told, engine.desk.findings.values().iterator().next().revision());
    }

    @Test
    void aFindingThatProvesWrongIsWithdrawn() {
        AccountAndDesk engine = engine();
        ApiCall off = call(9, "s3", "PutBucketLogging", "bucketName", "logless", "BucketLoggingStatus", "{}");
        ApiCall created = call(3, "s3", "CreateBucket", "bucketName", "logless");
        engine.take(List.of(off));
        assertEquals(1, standing(engine).size(), "it may have logged");
        engine.take(List.of(created));
        engine.advance(Long.MAX_VALUE);
        assertEquals(List.of(), standing(engine), "a bucket just made does not log");
        List<FindingState> all = List.copyOf(engine.desk.findings.values());
        assertTrue(all.getFirst().isFolded());
    }

    @Test
    void aCallBehindTheWatermarkIsJudgedByWhatIsKnown() {
        AccountAndDesk engine = engine();
        engine.advance(START + 3_600);
        engine.take(List.of(policy(5, "data")));
        assertEquals(1, standing(engine).size());
    }
}
