package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Scanners;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.intel.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attack sequences through the account's function and its desk, from calls to the finding. */
final class AttackSequencesTest {

    private static final long DAY = IdentityCalls.DAY;
    private static final long ATTACK = IdentityCalls.START + 20 * DAY;
    private static final String SEQUENCE = "AttackSequence:IAM/CompromisedCredentials";
    private static final FieldPath SESSION_KEY = FieldPath.of("responseElements.credentials.accessKeyId");
    private static final FieldPath USER = FieldPath.of("responseElements.user.arn");

    private final IdentityCalls made = new IdentityCalls();

    private static AccountAndDesk engine() {
        return new AccountAndDesk(IdentityCalls.services(), finding -> false);
    }

    private static AccountAndDesk run(List<ApiCall> calls) {
        AccountAndDesk engine = engine();
        engine.take(calls);
        engine.advance(Long.MAX_VALUE);
        return engine;
    }

    private ApiCall strange(String user, long at, String service, String action) {
        return made.call(user, at, service, action, IdentityCalls.STRANGE, IdentityCalls.TOOL);
    }

    private List<ApiCall> intrusion() {
        return new ArrayList<>(List.of(
                strange("alice", ATTACK, "iam", "ListUsers"),
                strange("alice", ATTACK + 300, "iam", "CreateUser"),
                strange("alice", ATTACK + 360, "iam", "AttachUserPolicy"),
                strange("alice", ATTACK + 900, "cloudtrail", "StopLogging"),
                strange("alice", ATTACK + 5_000, "secretsmanager", "GetSecretValue")));
    }

    private List<ApiCall> with(List<ApiCall> attack) {
        List<ApiCall> all = new ArrayList<>(made.habit(20));
        all.addAll(attack);
        return all;
    }

    @Test
    void anIntrusionIsOneCriticalFindingThatTellsItInOrder() {
        AccountAndDesk engine = run(with(intrusion()));
        assertEquals(1, engine.sequences().size(), engine.documents());
        FindingState finding = engine.sequences().getFirst();
        assertEquals(SEQUENCE, finding.type());
        assertEquals(9, finding.severity());
        Doc document = finding.document();
        Doc service = document.part("service");
        assertEquals("Correlation", service.text("featureName"));
        assertNull(service.get("action"));
        assertEquals("AttackSequence", document.part("resource").text("resourceType"));
        Doc sequence = service.part("detection").part("sequence");
        String story = String.valueOf(sequence.text("description"));
        assertEquals(document.text("description"), story);
        assertTrue(
                story.startsWith("A sequence of actions involving ")
                        && story.contains(
                                " signals indicating a possible credential compromise was observed for IAMUser/alice"),
                story);
        assertTrue(story.indexOf("iam:CreateUser") < story.lastIndexOf("secretsmanager:GetSecretValue"), story);
        assertTrue(sequence.toJson().contains("\"UNUSUAL_ASN_FOR_USER\""), sequence.toJson());
        assertEquals("USER:AIDAalice", docs(sequence, "actors").getFirst().text("id"));
        assertEquals(
                IdentityCalls.STRANGE, docs(sequence, "endpoints").getFirst().text("ip"));
        List<Long> times = docs(sequence, "signals").stream()
                .map(signal -> signal.number("firstSeenAt", 0))
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void theSequenceAndItsPartsNameEachOther() {
        AccountAndDesk engine = run(with(intrusion()));
        FindingState finding = engine.sequences().getFirst();
        String arn = String.valueOf(finding.document().text("arn"));
        Set<String> named = new TreeSet<>();
        docs(finding.document().part("service").part("detection").part("sequence"), "signals").stream()
                .filter(signal -> "FINDING".equals(signal.text("type")))
                .forEach(signal -> named.add(String.valueOf(signal.text("uid"))));
        Set<String> parts = new TreeSet<>();
        engine.desk.findings.values().stream()
                .map(FindingState::document)
                .filter(part -> arn.equals(part.text("associatedAttackSequenceArn")))
                .forEach(part -> parts.add(String.valueOf(part.text("arn"))));
        assertFalse(parts.isEmpty());
        assertEquals(named, parts);
    }

    @Test
    void onlyWhatIsLikelyIsOne() {
        assertTrue(
                run(with(List.of(
                                strange("alice", ATTACK, "iam", "ListUsers"),
                                strange("alice", ATTACK + 60, "iam", "ListRoles"),
                                strange("alice", ATTACK + 90, "ec2", "DescribeSnapshots"))))
                        .sequences()
                        .isEmpty(),
                "an administrator who looks around on a new network");
        List<ApiCall> atHome = new ArrayList<>();
        for (ApiCall call : intrusion()) {
            atHome.add(made.call(
                    "alice",
                    call.at(),
                    call.service().replace(".amazonaws.com", ""),
                    call.action(),
                    IdentityCalls.HOME,
                    IdentityCalls.BROWSER));
        }
        assertTrue(run(with(atHome)).sequences().isEmpty(), "the same from home, by the usual tool: a new task");
        List<ApiCall> spread = new ArrayList<>();
        List<ApiCall> attack = intrusion();
        for (int i = 0; i < attack.size(); i++) {
            spread.add(strange(
                    "alice",
                    ATTACK + i * (DAY + 60),
                    attack.get(i).service().replace(".amazonaws.com", ""),
                    attack.get(i).action()));
        }
        assertTrue(run(with(spread)).sequences().isEmpty(), "a step a day: never two within 24 hours");
    }

    @Test
    void whyNotSaysWhatWasShort() {
        AccountAndDesk engine = run(with(List.of(
                strange("alice", ATTACK, "iam", "ListUsers"), strange("alice", ATTACK + 60, "iam", "ListRoles"))));
        ChainView chain = engine.chains.stream()
                .filter(one -> one.isAbout("alice"))
                .toList()
                .getLast();
        List<Condition> conditions = chain.conditions();
        assertEquals(
                List.of(true, true, false, false),
                conditions.stream().map(Condition::met).toList(),
                conditions.toString());
        assertTrue(conditions.getFirst().found().contains("iam:ListUsers"), conditions.toString());
        assertTrue(conditions.get(2).found().startsWith("Discovery "), conditions.toString());
        assertTrue(chain.isAbout("AIDAalice") && chain.isAbout("arn:aws:iam::111122223333:user/alice"));
        assertFalse(chain.isAbout("bob"));
    }

    @Test
    void aNewAccountKnowsNoHabits() {
        assertTrue(run(intrusion()).sequences().isEmpty());
    }

    @Test
    void suppressedFindingsAreNoSignals() {
        AccountAndDesk open = run(with(intrusion()));
        AccountAndDesk engine = new AccountAndDesk(
                IdentityCalls.services(), finding -> !finding.type().startsWith("AttackSequence:"));
        engine.take(with(intrusion()));
        engine.advance(Long.MAX_VALUE);
        assertEquals(1, engine.sequences().size(), "the calls alone are enough");
        assertFalse(engine.sequences().getFirst().document().toJson().contains("\"FINDING\""));
        assertTrue(open.sequences().getFirst().document().toJson().contains("\"FINDING\""));
        assertTrue(engine.desk.findings.values().stream()
                .allMatch(finding -> finding.document().text("associatedAttackSequenceArn") == null));
    }

    @Test
    void anAuthorizedScannerIsNoIntruder() {
        Address address = Address.parse(IdentityCalls.STRANGE);
        assertNotNull(address);
        Scanners scanners = new Scanners(Set.of(), List.of(Network.of(address.high(), address.low(), 128)));
        AccountAndDesk engine = new AccountAndDesk(IdentityCalls.services().authorizing(scanners), finding -> false);
        engine.take(with(intrusion()));
        engine.advance(Long.MAX_VALUE);
        assertTrue(engine.sequences().isEmpty());
    }

    @Test
    void whatSomebodyMadeLeadsBackToThem() {
        List<ApiCall> attack = new ArrayList<>(List.of(
                strange("alice", ATTACK, "iam", "ListUsers"),
                answered(
                        draft("alice", ATTACK + 300, "iam", "CreateUser"),
                        USER,
                        "arn:aws:iam::111122223333:user/mallory"),
                strange("mallory", ATTACK + 900, "cloudtrail", "StopLogging"),
                answered(draft("mallory", ATTACK + 950, "sts", "GetSessionToken"), SESSION_KEY, "ASIAsession"),
                strange("mallory", ATTACK + 2_000, "secretsmanager", "GetSecretValue")));
        ApiCall.Draft bySession = made.draft(
                "carol", ATTACK + 3_000, "iam", "AttachUserPolicy", IdentityCalls.STRANGE, IdentityCalls.TOOL);
        bySession.identity = IdentityCalls.withKey(bySession.identity, "ASIAsession");
        attack.add(bySession.build());
        AccountAndDesk engine = run(with(attack));
        assertEquals(1, engine.sequences().size());
        String told = engine.sequences().getFirst().document().toJson();
        assertTrue(
                told.contains("USER:AIDAalice") && told.contains("USER:AIDAmallory") && told.contains("ASIAsession"),
                told);
    }

    @Test
    void itGrowsInOneFinding() {
        List<ApiCall> calls = with(intrusion());
        AccountAndDesk early = run(calls);
        calls.add(strange("alice", ATTACK + 20 * 3_600, "rds", "ModifyDBSnapshotAttribute"));
        AccountAndDesk late = run(calls);
        assertEquals(1, late.sequences().size());
        FindingState one = early.sequences().getFirst();
        FindingState grown = late.sequences().getFirst();
        assertEquals(one.id(), grown.id());
        assertTrue(grown.revision() > one.revision() && grown.lastSeen() > one.lastSeen());
        assertTrue(grown.document().toJson().contains("rds:ModifyDBSnapshotAttribute"));
        assertEquals(grown.revision(), grown.document().part("service").number("count", 0));
    }

    @Test
    void bucketsMakeItASequenceOfData() {
        AccountAndDesk engine = run(with(List.of(
                strange("alice", ATTACK, "s3", "GetBucketAcl"),
                strange("alice", ATTACK + 20, "iam", "ListUsers"),
                strange("alice", ATTACK + 60, "s3", "PutBucketReplication"),
                strange("alice", ATTACK + 120, "s3", "PutBucketLifecycle"),
                strange("alice", ATTACK + 180, "s3", "DeleteBucket"),
                strange("alice", ATTACK + 240, "iam", "CreateUser"))));
        assertEquals(1, engine.sequences().size(), engine.documents());
        Doc document = engine.sequences().getFirst().document();
        Stream<String> types = Stream.concat(
                Stream.of(String.valueOf(document.text("type"))),
                texts(document.part("service").part("detection").part("sequence"), "additionalSequenceTypes").stream());
        assertTrue(types.anyMatch("AttackSequence:S3/CompromisedData"::equals), document.toJson());
    }

    @Test
    void orderDuplicatesAndARestartChangeNothing() {
        List<ApiCall> attack = intrusion();
        for (int i = 0; i < 60; i++) {
            attack.add(strange("bob", ATTACK + 40L * i, "iam", i % 2 == 0 ? "CreateAccessKey" : "ListAccessKeys"));
            attack.add(strange("carol", ATTACK + 41L * i, i % 3 == 0 ? "cloudtrail" : "kms", "Delete" + i % 4));
        }
        attack.sort(Comparator.comparingLong(ApiCall::at));
        List<ApiCall> calls = with(attack);
        String straight = run(calls).documents();
        for (int seed = 0; seed < 5; seed++) {
            List<ApiCall> moved = new ArrayList<>(calls);
            for (int i = 0; i + 5 < attack.size(); i += 5) {
                int from = calls.size() - attack.size() + i;
                Collections.shuffle(moved.subList(from, from + 5), new Random(seed));
            }
            moved.addAll(moved.subList(moved.size() - 3, moved.size()));
            assertEquals(straight, run(moved).documents(), "order " + seed);
        }
        AccountAndDesk halved = engine();
        int half = calls.size() - attack.size() / 2;
        halved.take(calls.subList(0, half));
        halved.saveAndLoad();
        halved.take(calls.subList(half, calls.size()));
        halved.advance(Long.MAX_VALUE);
        assertEquals(straight, halved.documents());
    }

    @Test
    void chainsAreForgotten() {
        AccountAndDesk engine = run(with(intrusion()));
        for (String kind : List.of("sequenceSteps", "sequenceChains", "sequenceSeen", "sequenceMade")) {
            assertEquals(0, engine.desk.entries(kind), kind);
        }
    }

    private ApiCall.Draft draft(String user, long at, String service, String action) {
        return made.draft(user, at, service, action, IdentityCalls.STRANGE, IdentityCalls.TOOL);
    }

    private static ApiCall answered(ApiCall.Draft draft, FieldPath path, String value) {
        draft.plan = List.of(path);
        draft.values = new @Nullable String[] {value};
        return draft.build();
    }

    private static List<Doc> docs(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    private static List<String> texts(Doc doc, String member) {
        return doc.get(member) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
