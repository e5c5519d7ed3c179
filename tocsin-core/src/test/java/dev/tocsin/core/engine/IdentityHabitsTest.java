package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of identities against their habits, from the first record to the signal. */
final class IdentityHabitsTest {

    private static final long START = 1_772_366_400; // 2026-03-01T12:00:00Z
    private static final long DAY = 86_400;
    private static final String HOME = "203.0.113.10";
    private static final String BROWSER = "Mozilla/5.0";
    private static final String STRANGE = "2001:db8:40::1";
    private static final String TOOL = "aws-cli/2.15.0";

    private final FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(EngineServices.NONE, Detectors.ALL));
    private int number;

    private ApiCall call(String user, long at, String service, String action, String from, String agent) {
        return draft(user, at, service, action, from, agent).build();
    }

    private ApiCall failedSignIn(String user, long at) {
        ApiCall.Draft draft = draft(user, at, "signin", "ConsoleLogin", STRANGE, TOOL);
        draft.plan = List.of(FieldPath.of("responseElements.ConsoleLogin"));
        draft.values = new String[] {"Failure"};
        return draft.build();
    }

    private ApiCall.Draft draft(String user, long at, String service, String action, String from, String agent) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = "111122223333";
        draft.region = "us-east-1";
        draft.service = service + ".amazonaws.com";
        draft.action = action;
        draft.eventId = "event-" + number++;
        draft.contentHash = number;
        draft.caller = Caller.of(from);
        draft.userAgent = agent;
        draft.identity = new Identity(
                "IAMUser",
                "AIDA" + user,
                "arn:aws:iam::111122223333:user/" + user,
                "111122223333",
                "AKIA" + user,
                user,
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
        return draft;
    }

    /** Some users who look at the same things each day. */
    private List<ApiCall> habit(int days) {
        List<ApiCall> calls = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            for (String user : List.of("alice", "bob", "carol")) {
                long at = START + day * DAY;
                calls.add(call(user, at, "ec2", "DescribeInstances", HOME, BROWSER));
                calls.add(call(user, at + 60, "s3", "ListBuckets", HOME, BROWSER));
                calls.add(call(user, at + 120, "cloudwatch", "DescribeAlarms", HOME, BROWSER));
            }
        }
        return calls;
    }

    private List<String> run(List<ApiCall> calls) {
        calls.forEach(call -> host.take("111122223333", call));
        host.advance(Long.MAX_VALUE);
        return host.signals.stream()
                .filter(signal -> signal.type().name().endsWith("IAMUser/AnomalousBehavior"))
                .map(signal -> signal.type().name() + " " + signal.first())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a secret read from a new network and tool | 10 | secretsmanager | GetSecretValue    | 2001:db8:40::1 | aws-cli/2.15.0 | CredentialAccess
            a key made from a new network and tool    | 10 | iam            | CreateAccessKey   | 2001:db8:40::1 | aws-cli/2.15.0 | Persistence
            a policy attached from a new network      | 10 | iam            | AttachUserPolicy  | 2001:db8:40::1 | Mozilla/5.0    | PrivilegeEscalation
            a daily call from a new network and tool  | 10 | s3             | ListBuckets       | 2001:db8:40::1 | aws-cli/2.15.0 | Discovery
            a daily call from a new network           | 10 | s3             | ListBuckets       | 2001:db8:40::1 | Mozilla/5.0    |
            a daily call from home                    | 10 | s3             | ListBuckets       | 203.0.113.10   | Mozilla/5.0    |
            a new look from home                      | 10 | ec2            | DescribeVolumes   | 203.0.113.10   | Mozilla/5.0    |
            within the first week                     | 5  | secretsmanager | GetSecretValue    | 2001:db8:40::1 | aws-cli/2.15.0 |
            a sign-in from a new network and tool     | 10 | signin         | ConsoleLogin      | 2001:db8:40::1 | aws-cli/2.15.0 | InitialAccess
            logging stopped from home, after a week   | 10 | cloudtrail     | StopLogging       | 203.0.113.10   | Mozilla/5.0    |
            logging stopped from home, after 2 weeks  | 15 | cloudtrail     | StopLogging       | 203.0.113.10   | Mozilla/5.0    | DefenseEvasion
            a role assumed, as everybody does         | 10 | sts            | GetCallerIdentity | 2001:db8:40::1 | aws-cli/2.15.0 |
            """)
    void whatHabitDoesNotExplainIsSaid(
            String name, int days, String service, String action, String from, String agent, String tactic) {
        List<ApiCall> calls = habit(days);
        calls.add(call("alice", START + days * DAY, service, action, from, agent));
        List<String> said = run(calls);
        assertEquals(
                tactic == null ? List.of() : List.of(tactic + ":IAMUser/AnomalousBehavior " + (START + days * DAY)),
                said);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a stranger's key from where nobody was   | iam    | CreateAccessKey |          |     | 2001:db8:40::1 | Persistence
            the same, refused                        | iam    | CreateAccessKey | Denied   |     | 2001:db8:40::1 | Persistence
            a colleague's first key, from the office | iam    | CreateAccessKey |          |     | 203.0.113.10   |
            a password was enough, where nobody was  | signin | ConsoleLogin    |          | No  | 2001:db8:40::1 | InitialAccess
            it was not                               | signin | ConsoleLogin    |          | Yes | 2001:db8:40::1 |
            it was, in the office                    | signin | ConsoleLogin    |          | No  | 203.0.113.10   |
            multicast is nobody's private network    | iam    | CreateAccessKey |          |     | 225.1.0.16     | Persistence
            """)
    void whoWasNeverSeenIsJudgedByTheOthers(
            String name, String service, String action, String error, String factor, String from, String tactic) {
        List<ApiCall> calls = habit(10);
        String tool = from.equals(HOME) ? BROWSER : TOOL;
        ApiCall.Draft draft = draft("mallory", START + 10 * DAY, service, action, from, tool);
        draft.errorCode = error;
        draft.plan = List.of(FieldPath.of("additionalEventData.MFAUsed"));
        draft.values = new String[] {factor};
        calls.add(draft.build());
        assertEquals(
                tactic == null ? List.of() : List.of(tactic + ":IAMUser/AnomalousBehavior " + (START + 10 * DAY)),
                run(calls));
    }

    @ParameterizedTest(name = "a second factor: {0}, by {1}")
    @CsvSource({"No, Mozilla/5.0, 1", "Yes, Mozilla/5.0, 0", "Yes, aws-cli/2.15.0, 1", ", Mozilla/5.0, 1"})
    void whoTravelsShowsASecondFactor(String factor, String tool, int findings) {
        List<ApiCall> calls = habit(10);
        ApiCall.Draft draft = draft("alice", START + 10 * DAY, "signin", "ConsoleLogin", STRANGE, tool);
        draft.plan = List.of(FieldPath.of("additionalEventData.MFAUsed"));
        draft.values = new String[] {factor};
        calls.add(draft.build());
        assertEquals(findings, run(calls).size());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(delimiter = '|', textBlock = """
            RunInstances      | us-east-1 | 0
            RunInstances      | eu-west-3 | 1
            DescribeInstances | eu-west-3 | 0
            """)
    void whatIsMadeInARegionThatNobodyUses(String action, String region, int findings) {
        List<ApiCall> calls = habit(15);
        for (int day = 0; day <= 15; day++) {
            ApiCall.Draft draft = draft("alice", START + day * DAY + 600, "ec2", action, HOME, BROWSER);
            draft.region = day < 15 ? "us-east-1" : region;
            calls.add(draft.build());
        }
        assertEquals(findings, run(calls).size());
    }

    /** The first day's call is daily habit and says nothing; the network it came from is as new on the days after. */
    @ParameterizedTest(name = "{0} days after")
    @CsvSource({"1, 1", "3, 1", "4, 0"})
    void whoTakesAStepADayIsNotAtHomeAtTheSecond(int later, int findings) {
        List<ApiCall> calls = habit(15);
        for (int day = 11 - later; day < 11; day++) {
            calls.add(call("alice", START + day * DAY + 600, "s3", "ListBuckets", STRANGE, BROWSER));
        }
        calls.add(call("alice", START + 11 * DAY, "iam", "AttachUserPolicy", STRANGE, BROWSER));
        assertEquals(findings, run(calls).size());
    }

    @Test
    void triesThatFailTeachNothing() {
        List<ApiCall> calls = habit(10);
        long attack = START + 10 * DAY;
        ApiCall failed = failedSignIn("alice", attack);
        calls.add(failed);
        calls.add(call("alice", attack + 600, "signin", "ConsoleLogin", STRANGE, TOOL));
        assertEquals(List.of("InitialAccess:IAMUser/AnomalousBehavior " + (attack + 600)), run(calls));
    }

    private ApiCall makesUser(String maker, long at, String made, String from, String agent) {
        ApiCall.Draft draft = draft(maker, at, "iam", "CreateUser", from, agent);
        draft.plan = List.of(FieldPath.of("requestParameters.userName"));
        draft.values = new String[] {made};
        return draft.build();
    }

    @ParameterizedTest(name = "made from {0}")
    @CsvSource({"2001:db8:40::1,aws-cli/2.15.0,true", "203.0.113.10,Mozilla/5.0,false"})
    void whatIsMadeAnswersForItsMaker(String from, String agent, boolean said) {
        List<ApiCall> calls = habit(10);
        long day = START + 10 * DAY;
        calls.add(makesUser("alice", day, "backup", from, agent));
        calls.add(call("backup", day + 7_200, "s3", "ListBuckets", HOME, BROWSER));
        List<String> found = run(calls);
        String looked = "Discovery:IAMUser/AnomalousBehavior " + (day + 7_200);
        assertEquals(said, found.contains(looked), found.toString());
    }

    @Test
    void daysBelowTheThresholdAddUp() {
        List<ApiCall> calls = habit(20);
        List<String> networks = List.of(STRANGE, "198.51.100.7", "192.0.2.7", "2001:db9::1", "2001:dba::1");
        for (int i = 0; i < networks.size(); i++) {
            calls.add(call("alice", START + (20 + i) * DAY + 7_200, "s3", "ListBuckets", networks.get(i), BROWSER));
        }
        List<String> found = run(calls);
        assertEquals(1, found.size(), found.toString());
        assertEquals("slow", host.signals.getLast().additional().part("score").text("channel"), found.toString());
        assertEquals(5, host.signals.getLast().severity());
    }

    @Test
    void theOrderOfRecordsDecidesNothing() {
        long seed = System.nanoTime();
        List<ApiCall> calls = habit(12);
        long attack = START + 12 * DAY;
        for (int i = 0; i < 8; i++) {
            calls.add(call("bob", attack + 30L * i, "iam", "ListUsers", STRANGE, TOOL));
            calls.add(call("bob", attack + 30L * i + 10, "secretsmanager", "GetSecretValue", STRANGE, TOOL));
            calls.add(call("bob", attack + 30L * i + 20, "iam", "CreateAccessKey", STRANGE, TOOL));
        }
        List<String> straight = new ArrayList<>(run(calls));
        Collections.shuffle(calls, new Random(seed));
        FakeHost<ApiCall> other = new FakeHost<>(new AccountFunction(EngineServices.NONE, Detectors.ALL));
        calls.forEach(call -> other.take("111122223333", call));
        other.saveAndLoad();
        other.advance(Long.MAX_VALUE);
        List<String> shuffled = other.signals.stream()
                .filter(signal -> signal.type().name().endsWith("IAMUser/AnomalousBehavior"))
                .map(signal -> signal.type().name() + " " + signal.first())
                .toList();
        assertTrue(straight.size() >= 2, straight.toString());
        assertEquals(straight, shuffled, "seed " + seed);
    }

    @Test
    void whatLedToAFindingIsNoHabitTheNextDay() {
        List<ApiCall> calls = habit(10);
        for (int day = 10; day < 14; day++) {
            calls.add(call("alice", START + day * DAY, "secretsmanager", "GetSecretValue", STRANGE, TOOL));
        }
        assertEquals(4, run(calls).size());
        long findings = host.signals.stream()
                .filter(signal -> signal.type().name().startsWith("CredentialAccess:IAMUser/Anom"))
                .map(signal -> signal.aggregation())
                .distinct()
                .count();
        assertEquals(1, findings, "they are one finding");
    }
}
