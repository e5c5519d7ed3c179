package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.IdentityCalls.ACCOUNT;
import static dev.tocsin.core.engine.IdentityCalls.BROWSER;
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
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
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

/** What a finding says was usual, as GuardDuty says it. */
final class AccountUseTest {

    private static final Path EXAMPLE =
            Path.of("../../shared/spec/finding-examples/05-iam-anomalous-behavior-discovery.export.json");

    private final IdentityCalls calls = new IdentityCalls();

    private static Doc additional(List<ApiCall> calls, boolean saved) {
        FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));
        calls.forEach(call -> host.take(ACCOUNT, call));
        if (saved) {
            host.saveAndLoad();
        }
        host.advance(Long.MAX_VALUE);
        List<Signal> anomalies = host.signals.stream()
                .filter(signal -> signal.type().name().endsWith("IAMUser/AnomalousBehavior"))
                .toList();
        assertEquals(1, anomalies.size(), anomalies.toString());
        return anomalies.getFirst().additional();
    }

    /** Ten days of habit, {@code days} of them with one more call, then a secret read from elsewhere. */
    private List<ApiCall> attackAfter(int days) {
        List<ApiCall> all = new ArrayList<>(calls.habit(10));
        for (int day = 0; day < days; day++) {
            all.add(calls.call("alice", START + day * DAY + 120, "ec2", "DescribeVpcs", HOME, BROWSER));
        }
        all.add(calls.call("alice", START + 10 * DAY, "secretsmanager", "GetSecretValue", STRANGE, TOOL));
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # a call on so many days         | days | of the last month
            never                            | 0    |
            on one day                       | 1    | rare
            on two                           | 2    | infrequent
            on four                          | 4    | infrequent
            on five                          | 5    | frequent
            """)
    void labelsAreGuardDutys(String name, int days, String label) {
        Doc profiled = additional(attackAfter(days), false).part("profiledBehavior");
        for (String word : List.of("rare", "infrequent", "frequent")) {
            for (String scope : List.of("AccountProfiling", "UserIdentityProfiling")) {
                String listed = String.valueOf(profiled.text(word + "ProfiledAPIs" + scope));
                assertEquals(word.equals(label), List.of(listed.split(" , ")).contains("DescribeVpcs"), word + scope);
            }
        }
    }

    @Test
    void saysWhatIsUsualAndWhatIsNot() {
        Doc additional = additional(attackAfter(0), true);
        Doc profiled = additional.part("profiledBehavior");
        assertEquals("IAM_USER", profiled.text("frequentProfiledUserTypesAccountProfiling"));
        assertEquals(
                List.of("alice", "bob", "carol"),
                List.of(String.valueOf(profiled.text("frequentProfiledUserNamesAccountProfiling"))
                                .split(" , "))
                        .stream()
                        .sorted()
                        .toList());
        assertEquals("asnNumber: 64500 asnOrg: HOME-NET", profiled.text("frequentProfiledASNsUserIdentityProfiling"));
        assertEquals("browser", profiled.text("frequentProfiledUserAgentsAccountProfiling"));
        Doc unusual = additional.part("unusualBehavior");
        assertEquals("GetSecretValue", unusual.text("unusualAPIsUserIdentityProfiling"));
        assertEquals("asnNumber: 64666 asnOrg: HOSTER", unusual.text("unusualASNsAccountProfiling"));
        assertEquals("", unusual.text("unusualUserNamesAccountProfiling"));
        assertEquals("false", unusual.text("isUnusualUserIdentity"));
    }

    @Test
    void theNewFormHoldsTheSame() {
        Doc anomaly =
                Objects.requireNonNull(additional(attackAfter(1), false).at(FindingDocument.DETECTION, "anomaly"));
        assertEquals(
                "{FREQUENCY, FREQUENT, [DescribeInstances, ListBuckets]} {FREQUENCY, RARE, [DescribeVpcs]}",
                told(anomaly.at("profiles", "UserIdentityProfiling"), "APIs"));
        assertEquals(
                "{FREQUENCY, UNSEEN, [aws-cli]}",
                told(anomaly.at("unusual", "behavior", "AccountProfiling"), "UserAgents"));
    }

    private static String told(Doc scope, String feature) {
        Object value = Objects.requireNonNull(scope.get(feature));
        List<String> told = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            Doc doc = (Doc) one;
            List<String> text = new ArrayList<>();
            for (Object name :
                    (List<?>) Objects.requireNonNull(doc.part("observations").get("text"))) {
                text.add(String.valueOf(name));
            }
            Collections.sort(text);
            told.add("{" + doc.text("profileType") + ", " + doc.text("profileSubtype") + ", " + text + "}");
        }
        return String.join(" ", told);
    }

    @Test
    void theMembersAreThoseOfAPublishedFinding() throws IOException {
        assumeTrue(Files.exists(EXAMPLE), "without ../shared nothing is compared");
        Doc example =
                Objects.requireNonNull(Doc.parse(Files.readString(EXAMPLE)).at("service", "additionalInfo"));
        Doc ours = additional(attackAfter(0), false);
        for (String part : List.of("userAgent", "anomalies", "profiledBehavior", "unusualBehavior")) {
            assertEquals(
                    List.copyOf(example.part(part).members().keySet()),
                    List.copyOf(ours.part(part).members().keySet()),
                    part);
        }
    }

    @Test
    void theOrderOfRecordsDecidesNothing() {
        long seed = System.nanoTime();
        List<ApiCall> all = attackAfter(3);
        Doc straight = additional(all, false);
        Collections.shuffle(all, new Random(seed));
        assertEquals(straight, additional(all, true), "seed " + seed);
    }

    @Test
    void namesAreBoundedAndGoWithTheirValues() {
        FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));
        for (int i = 0; i < 5_000; i++) {
            host.take(ACCOUNT, calls.call("user" + i, START + i, "ec2", "DescribeVpcs", HOME, BROWSER));
        }
        host.advance(START + DAY / 2);
        assertEquals(3_584, host.entries("valueName"));
        host.saveAndLoad();
        assertTrue(host.largest.getOrDefault("accountDays", 0) < StateKind.MAX_BYTES, host.largest.toString());
        host.take(ACCOUNT, calls.call("dave", START + 40 * DAY, "ec2", "DescribeVpcs", HOME, BROWSER));
        host.advance(START + 41 * DAY);
        assertEquals(6, host.entries("valueName"), "what was used in the last month");
    }
}
