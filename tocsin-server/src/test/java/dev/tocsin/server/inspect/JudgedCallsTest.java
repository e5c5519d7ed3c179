package dev.tocsin.server.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.identity.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a type of identities' habits did not speak, by the parts of the evidence. */
final class JudgedCallsTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String TYPE = "Discovery:IAMUser/AnomalousBehavior";
    private static final long AT = 1_772_366_400; // 2026-03-01T12:00:00Z

    private static JudgedCalls calls(String type) {
        FindingType known = Objects.requireNonNull(Detectors.types().get(type));
        return new JudgedCalls(known, new Entity(ALICE, List.of()), AT - 3_600, AT + 3_600);
    }

    private static ApiCall call(String user, long at, String action) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = "111122223333";
        draft.region = "us-east-1";
        draft.service = "iam.amazonaws.com";
        draft.action = action;
        draft.eventId = "e";
        String arn = "arn:aws:iam::111122223333:user/" + user;
        draft.identity = new Identity(
                "IAMUser",
                "AIDA",
                arn,
                "111122223333",
                "AKIA",
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
        return draft.build();
    }

    private static Judged judged(ApiCall call, double context, double bits, int days, @Nullable String exception) {
        return new Judged(
                call,
                TYPE,
                ALICE,
                List.of(new Judged.Part("calls", bits), new Judged.Part("network", 6)),
                List.of(new Judged.Channel("context", context, 8.3, 7), new Judged.Channel("calls", bits, 9.3, 14)),
                days,
                9,
                exception,
                context >= 8.3 && exception == null);
    }

    private static List<String> told(JudgedCalls calls) {
        List<String> told = new ArrayList<>();
        for (Condition condition : calls.conditions()) {
            told.add((condition.met() ? "yes " : "NO ") + condition.text() + ": " + condition.found());
        }
        return told;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # a call of alice's                | context | calls | days | exception  | failed at
            too little by both ways            | 8.2     | 9.2   | 20   |            | 3
            enough by context                  | 8.3     | 1     | 20   |            | -1
            enough, but the account is young   | 8.3     | 1     | 6    |            | 1
            enough, but everybody calls it     | 8.3     | 1     | 20   | everybody  | 2
            """)
    void theFirstConditionThatFailedIsTold(
            String name, double context, double bits, int days, @Nullable String exception, int failed) {
        JudgedCalls calls = calls(TYPE);
        calls.add(judged(call("alice", AT, "ListUsers"), context, bits, days, exception));
        List<Condition> conditions = calls.conditions();
        assertEquals(4, conditions.size());
        int first = -1;
        for (int i = conditions.size() - 1; i >= 0; i--) {
            first = conditions.get(i).met() ? first : i;
        }
        assertEquals(failed, first, told(calls).toString());
    }

    @Test
    void theNearestCallIsToldByItsParts() {
        JudgedCalls calls = calls(TYPE);
        calls.add(judged(call("alice", AT, "ListUsers"), 5, 2, 20, null));
        calls.add(judged(call("alice", AT + 60, "ListRoles"), 7, 3, 20, null));
        calls.add(judged(call("alice", AT + 7_200, "ListKeys"), 8, 3, 20, null));
        calls.add(judged(call("bob", AT, "ListGroups"), 8, 3, 20, null));
        List<String> told = told(calls);
        assertTrue(
                told.getFirst().endsWith("2 calls; nearest: ListRoles at 2026-03-01T12:01:00.000Z"), told.toString());
        assertTrue(told.get(1).endsWith("20 days; the identity on 9"), told.toString());
        assertTrue(
                told.get(3).endsWith("context 7.0, calls 3.0; of calls 3.0, network 6.0")
                        && told.get(3).contains("context 8.3 or calls 9.3"),
                told.toString());
    }

    @Test
    void withoutEvidenceThatIsTold() {
        assertEquals(1, calls(TYPE).conditions().size());
        assertEquals(1, calls("Impact:S3/AnomalousBehavior.Delete").conditions().size());
        assertEquals(List.of(), calls("Policy:IAMUser/RootCredentialUsage").conditions(), "no habits are asked");
    }
}
