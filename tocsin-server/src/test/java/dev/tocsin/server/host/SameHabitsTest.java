package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Times;
import dev.tocsin.input.order.LogKind;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same calls give the same findings, identities' anomalies among them, however they are delivered: each record up to the
 * lateness of its log after it happened, in objects of other names and order, on one thread or eight, in halves over a state.
 */
final class SameHabitsTest {

    private static final String ACCOUNT = "111122223333";
    private static final String HOME = "203.0.113.10";
    private static final String STRANGE = "198.51.100.7";
    private static final int DAYS = 16;
    private static final long DAY = 86_400;

    /** As late as a record may be; the rest of a minute is for what an object's name does not say. */
    private static final int MOST_LATE = (int) LogKind.CLOUDTRAIL.latenessSeconds() - 60;

    /** Where a record lies, which moving it changes. */
    private static final Pattern PLACE = Pattern.compile("\"source\":\"[^\"]*\"|\"position\":\\d+");

    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final Map<String, Long> records = new TreeMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void someDaysAndThreeAttacks() {
        System.out.println("seed " + SEED);
        for (int day = 0; day < DAYS; day++) {
            for (String user : List.of("alice", "bob", "carol")) {
                long at = Calls.NOON + day * DAY;
                call(user, at, "ec2", "DescribeInstances", HOME, "aws-cli/2.15.0");
                call(user, at + 600, "s3", "ListBuckets", HOME, "aws-cli/2.15.0");
                call(user, at + 1_500, "secretsmanager", "ListSecrets", HOME, "aws-cli/2.15.0");
            }
        }
        long attack = Calls.NOON + (DAYS - 2) * DAY;
        for (int i = 0; i < 9; i++) {
            call("alice", attack + 200 + 70L * i, "secretsmanager", "GetSecretValue", STRANGE, "Boto3/1.26.0");
            call(
                    "bob",
                    attack + 210 + 400L * i,
                    "iam",
                    i % 2 == 0 ? "AttachUserPolicy" : "CreateAccessKey",
                    STRANGE,
                    "Boto3/1.26.0");
        }
        call("carol", attack + DAY + 30, "cloudtrail", "StopLogging", HOME, "aws-cli/2.15.0");
        aDayLater();
    }

    /** The end of the input, far from what is told: nothing is provisional. */
    private void aDayLater() {
        call("alice", Calls.NOON + (DAYS + 1) * DAY, "ec2", "DescribeInstances", HOME, "aws-cli/2.15.0");
    }

    private void call(String user, long at, String service, String action, String from, String tool) {
        String record = Calls.record("e-" + records.size(), user, at, ACCOUNT, action)
                .replace("cloudtrail.amazonaws", service + ".amazonaws")
                .replace(HOME, from)
                .replace("\"aws-cli\"", "\"" + tool + "\"");
        records.put(record, at);
    }

    /** The records as delivered, if {@code late} up to {@link #MOST_LATE} after they happened, in objects of other names each time. */
    private List<SourceObject> delivered(boolean late) {
        Map<Long, List<String>> byMinute = new TreeMap<>();
        records.forEach((record, at) -> byMinute.computeIfAbsent(
                        (at + (late ? random.nextInt(MOST_LATE) : 0)) / 60 + 1, minute -> new ArrayList<>())
                .add(record));
        List<SourceObject> objects = new ArrayList<>();
        byMinute.forEach((minute, some) -> {
            Collections.shuffle(some, random);
            objects.add(Calls.object(name(minute * 60), 0, some.toArray(String[]::new)));
        });
        return objects;
    }

    private String name(long at) {
        String time = Times.iso(at).replaceAll("[-:]|\\.\\d+", "");
        return String.format(
                Locale.ROOT,
                "AWSLogs/%1$s/CloudTrail/us-east-1/%2$s/%1$s_CloudTrail_us-east-1_%3$sZ_%4$016x.json",
                ACCOUNT,
                Times.iso(at).substring(0, 10).replace('-', '/'),
                time.substring(0, 13),
                random.nextLong());
    }

    private static List<String> run(Analysis.Options options, List<SourceObject> objects) throws Exception {
        Analysis analysis = new Analysis(options);
        analysis.run(objects);
        return analysis.findings(true).stream()
                .map(FindingState::document)
                .map(document -> PLACE.matcher(document.toJson()).replaceAll(""))
                .sorted()
                .toList();
    }

    private List<String> inHalves(List<SourceObject> objects) throws Exception {
        List<String> last = List.of();
        for (List<SourceObject> half :
                List.of(objects.subList(0, objects.size() / 2), objects.subList(objects.size() / 2, objects.size()))) {
            try (Store store = Store.open(folder.resolve("state"))) {
                last = run(
                        Analysis.Options.threads(2).kept(store, System::nanoTime, (bytes, some, all, found) -> {}),
                        half);
            }
        }
        return last;
    }

    private List<String> asTheyHappened() throws Exception {
        List<String> findings = run(Analysis.Options.threads(1), delivered(false));
        String types = findings.stream().collect(Collectors.joining("\n"));
        for (String type : List.of("CredentialAccess", "PrivilegeEscalation", "DefenseEvasion")) {
            assertTrue(types.contains("\"" + type + ":IAMUser/AnomalousBehavior\""), type + " is among\n" + types);
        }
        return findings;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void recordsLateObjectsRenamedAndReordered(int threads) throws Exception {
        List<String> expected = asTheyHappened();
        List<SourceObject> objects = delivered(true);
        Collections.shuffle(objects, random);
        assertEquals(expected, run(Analysis.Options.threads(threads), objects));
    }

    @Test
    void inHalvesOverAState() throws Exception {
        assertEquals(asTheyHappened(), inHalves(delivered(true)));
    }
}
