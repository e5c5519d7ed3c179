package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.IdentityCalls.ACCOUNT;
import static dev.tocsin.core.engine.IdentityCalls.DAY;
import static dev.tocsin.core.engine.IdentityCalls.HOME;
import static dev.tocsin.core.engine.IdentityCalls.START;
import static dev.tocsin.core.engine.IdentityCalls.STRANGE;
import static dev.tocsin.core.engine.IdentityCalls.TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls about buckets against the habits of their identities, from the first record to the signal. */
final class BucketHabitsTest {

    private static final Path EXAMPLE =
            Path.of("../../shared/spec/finding-examples/08-s3-anomalous-exfiltration-volume.export.json");
    private static final String SDK = "aws-sdk-java/2.20";
    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private final IdentityCalls calls = new IdentityCalls();

    private ApiCall call(String user, long at, String action, String bucket, String from, String agent) {
        ApiCall.Draft draft = calls.draft(user, at, "s3", action, from, agent);
        draft.category = action.contains("Bucket") ? ApiCall.Category.MANAGEMENT : ApiCall.Category.DATA;
        draft.plan = List.of(BUCKET);
        draft.values = new String[] {bucket};
        return draft.build();
    }

    /** What etl, report and app do each day, with so many reads of etl. */
    private List<ApiCall> habit(int days, int reads) {
        List<ApiCall> all = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            long at = START + day * DAY;
            for (int i = 0; i < reads; i++) {
                all.add(call("etl", at + i % 500, "GetObject", "lake", HOME, SDK));
            }
            all.add(call("etl", at, "ListObjects", "lake", HOME, SDK));
            all.add(call("etl", at, "DeleteObject", "lake", HOME, SDK));
            all.add(call("report", at, "GetObject", "reports", HOME, SDK));
            all.add(call("report", at, "PutObject", "reports", HOME, SDK));
            all.add(call("app", at, "GetObject", "assets", HOME, SDK));
            all.add(call("app", at, "PutBucketPolicy", "assets", HOME, SDK));
            all.add(calls.call("ops", at, "ec2", "DescribeVpcs", HOME, SDK));
        }
        return all;
    }

    private static List<Signal> signals(List<ApiCall> all, boolean saved) {
        FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));
        all.forEach(call -> host.take(ACCOUNT, call));
        if (saved) {
            host.saveAndLoad();
            host.largest.forEach((kind, bytes) -> assertTrue(bytes < StateKind.MAX_BYTES, kind + " " + bytes));
        }
        host.advance(Long.MAX_VALUE);
        return host.signals.stream()
                .filter(signal -> signal.type().name().contains(":S3/AnomalousBehavior"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens after so many days              | 10 | by     | API             | bucket  | from          | with              | finding
            another bucket read by another tool elsewhere  | 10 | report | GetObject       | lake    | 198.51.100.7  | aws-cli/2.15.0    | Exfiltration:S3/AnomalousBehavior
            another bucket read elsewhere by the same tool | 10 | report | GetObject       | lake    | 198.51.100.7  | aws-sdk-java/2.20 | Exfiltration:S3/AnomalousBehavior
            the usual read elsewhere by another tool       | 10 | report | GetObject       | reports | 198.51.100.7  | aws-cli/2.15.0    | Exfiltration:S3/AnomalousBehavior
            the usual read elsewhere by the same tool      | 10 | report | GetObject       | reports | 198.51.100.7  | aws-sdk-java/2.20 |
            another bucket read at home                    | 10 | report | GetObject       | lake    | 203.0.113.10  | aws-sdk-java/2.20 |
            the usual read at home                         | 10 | report | GetObject       | reports | 203.0.113.10  | aws-sdk-java/2.20 |
            another bucket listed by a tool elsewhere      | 10 | report | ListObjects     | lake    | 198.51.100.7  | aws-cli/2.15.0    | Discovery:S3/AnomalousBehavior
            another bucket listed at home by a crawler     | 10 | report | ListObjects     | lake    | 203.0.113.10  | aws-sdk-java/2.20 |
            objects deleted by a tool elsewhere            | 10 | report | DeleteObjects   | reports | 198.51.100.7  | aws-cli/2.15.0    | Impact:S3/AnomalousBehavior.Delete
            temporary files deleted at home as always      | 10 | etl    | DeleteObject    | lake    | 203.0.113.10  | aws-sdk-java/2.20 |
            objects written by a tool elsewhere            | 10 | app    | PutObject       | lake    | 198.51.100.7  | aws-cli/2.15.0    | Impact:S3/AnomalousBehavior.Write
            a policy put by a tool elsewhere               | 10 | report | PutBucketPolicy | reports | 198.51.100.7  | aws-cli/2.15.0    | Impact:S3/AnomalousBehavior.Permission
            within the first week                          | 6  | report | GetObject       | lake    | 198.51.100.7  | aws-cli/2.15.0    |
            an identity never seen, by a tool elsewhere    | 10 | joiner | GetObject       | lake    | 198.51.100.7  | aws-cli/2.15.0    |
            one seen elsewhere alone, by a tool elsewhere  | 10 | ops    | GetObject       | lake    | 198.51.100.7  | aws-cli/2.15.0    | Exfiltration:S3/AnomalousBehavior
            one seen elsewhere alone, from home            | 10 | ops    | GetObject       | lake    | 203.0.113.10  | aws-cli/2.15.0    |
            an identity never seen, at home                | 10 | joiner | GetObject       | lake    | 203.0.113.10  | aws-sdk-java/2.20 |
            """)
    void whatHabitDoesNotExplainIsSaid(
            String name, int days, String user, String action, String bucket, String from, String agent, String type) {
        List<ApiCall> all = habit(days, 1);
        all.add(call(user, START + days * DAY, action, bucket, from, agent));
        List<String> said =
                signals(all, true).stream().map(signal -> signal.type().name()).toList();
        assertEquals(type == null ? List.of() : List.of(type), said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # reads on the day after, where 200 are usual | days | reads | findings
            three times as many                           | 10   | 600   | 0
            more than that                                | 10   | 601   | 1
            a restore test reads as many as on two days   | 10   | 400   | 0
            many more, within the first days              | 7    | 2000  | 0
            """)
    void manyMoreReadsThanEverAreSaid(String name, int days, int reads, int findings) {
        List<ApiCall> all = habit(days, 200);
        for (int i = 0; i < reads; i++) {
            all.add(call("etl", START + days * DAY + 3_600 * 6 + i % 500, "GetObject", "lake", HOME, SDK));
        }
        assertEquals(findings, signals(all, false).size(), name);
    }

    @Test
    void fewAreNeverMany() {
        List<ApiCall> all = habit(10, 1);
        for (int i = 0; i < 499; i++) {
            all.add(call("etl", START + 11 * DAY + i, "GetObject", "lake", HOME, SDK));
        }
        assertEquals(List.of(), signals(all, false));
        all.add(call("etl", START + 11 * DAY + 499, "GetObject", "lake", HOME, SDK));
        assertEquals(1, signals(all, false).size());
    }

    @Test
    void strangersAreJudgedByNumbersAlone() {
        List<ApiCall> all = habit(10, 1);
        ApiCall.Draft draft = calls.draft("nobody", START + 10 * DAY, "s3", "GetObject", STRANGE, TOOL);
        draft.category = ApiCall.Category.DATA;
        draft.plan = List.of(BUCKET);
        draft.values = new String[] {"assets"};
        draft.identity = anonymous();
        all.add(draft.build());
        assertEquals(List.of(), signals(all, false));
    }

    private static Identity anonymous() {
        return new Identity(
                "AWSAccount",
                "anonymous",
                null,
                "anonymous",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void theOrderOfRecordsDecidesNothing() {
        long seed = System.nanoTime();
        List<ApiCall> all = habit(10, 200);
        for (int i = 0; i < 900; i++) {
            all.add(call("etl", START + 10 * DAY + 3_600 * 12 + 7L * i, "GetObject", "lake", HOME, SDK));
        }
        for (int i = 0; i < 20; i++) {
            all.add(call("report", START + 10 * DAY + 40L * i, "GetObject", "lake", STRANGE, TOOL));
        }
        List<Signal> straight = signals(all, false);
        Collections.shuffle(all, new Random(seed));
        List<Signal> shuffled = signals(all, true);
        assertTrue(straight.size() > 2, straight.toString());
        assertEquals(told(straight), told(shuffled), "seed " + seed);
        assertEquals(2, straight.stream().map(Signal::aggregation).distinct().count(), "two findings");
    }

    private static List<String> told(List<Signal> signals) {
        return signals.stream()
                .map(signal -> signal.type().name() + " " + signal.recordId() + " " + signal.additional() + " "
                        + signal.evidence())
                .toList();
    }

    @Test
    void theMembersAreThoseOfAPublishedFinding() throws IOException {
        assumeTrue(Files.exists(EXAMPLE), "without ../shared nothing is compared");
        List<ApiCall> all = habit(10, 1);
        all.add(call("report", START + 10 * DAY, "GetObject", "lake", STRANGE, TOOL));
        Signal signal = signals(all, false).getFirst();
        Doc example = Objects.requireNonNull(
                Doc.parse(Files.readString(EXAMPLE)).at("service", "additionalInfo", "unusualBehavior"));
        Doc unusual = signal.additional().part("unusualBehavior");
        assertEquals(
                List.copyOf(example.members().keySet()),
                List.copyOf(unusual.members().keySet()));
        assertEquals("lake", unusual.text("unusualBucketsUserIdentityProfiling"));
        assertEquals("", unusual.text("unusualBucketsAccountProfiling"));
        assertEquals("report", unusual.text("unusualUserNamesBucketProfiling"));
        assertEquals("1", unusual.text("numberOfPast24HoursAPIsBucketUserIdentityProfiling"));
        Doc profiled = signal.additional().part("profiledBehavior");
        assertEquals("etl", profiled.text("frequentProfiledUserNamesBucketProfiling"));
        assertEquals("1", profiled.text("numberOfHistoricalDailyMaxAPIsBucketProfiling"));
        assertEquals("1.0", profiled.text("numberOfHistoricalDailyAvgAPIsUserIdentityProfiling"));
    }
}
