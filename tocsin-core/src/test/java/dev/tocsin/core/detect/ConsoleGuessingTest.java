package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords of the console that are guessed, within an hour by the clock. */
final class ConsoleGuessingTest {

    private static final String BRUTE = "CredentialAccess:IAMUser/ConsoleBruteForce";
    private static final String SPRAY = "CredentialAccess:IAMUser/ConsolePasswordSpray";
    private static final String AFTER = "InitialAccess:IAMUser/ConsoleLoginAfterFailures";
    private static final long HOUR = 1_772_366_400;

    private final ConsoleGuessing detector = new ConsoleGuessing();

    private static ApiCall.Draft signIn(String user, String address, long at, boolean success) {
        ApiCall.Draft draft = CallFixture.call("signin", "ConsoleLogin");
        draft.at = at;
        draft.eventId = user + address + at + success;
        draft.caller = Caller.of(address);
        draft.identity = new Identity(
                "IAMUser",
                null,
                null,
                "111122223333",
                null,
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
        draft.plan = List.of(FieldPath.of("responseElements.ConsoleLogin"));
        draft.values = new String[] {success ? "Success" : "Failure"};
        return draft;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                      | failures | users | seconds apart | then succeeds | brute | spray | after
            one failure short                   |     9    |   1   |      60       |     false     |   0   |   0   |   0
            a user is guessed                   |    10    |   1   |      60       |     false     |  10   |   0   |   0
            and guessed on                      |    12    |   1   |      60       |     false     |  12   |   0   |   0
            over two hours                      |    14    |   1   |     500       |     false     |   0   |   0   |   0
            one user short of a spray           |     5    |   5   |      60       |     false     |   0   |   0   |   0
            a spray                             |     6    |   6   |      60       |     false     |   0   |   6   |   0
            each user twice is the same spray   |    12    |   6   |      60       |     false     |   0   |   6   |   0
            mistyped, then right                |     4    |   1   |      60       |     true      |   0   |   0   |   0
            guessed right                       |     5    |   1   |      60       |     true      |   0   |   0   |   1
            """)
    void tells(String name, int failures, int users, int apart, boolean succeeds, int brute, int spray, int after) {
        List<ApiCall.Draft> calls = calls(failures, users, apart, succeeds);
        assertEquals(expected(brute, spray, after), play(calls), "in order");
    }

    @Test
    void theOrderOfReadingDecidesNothing() {
        for (int seed = 0; seed < 20; seed++) {
            List<ApiCall.Draft> calls = calls(12, 1, 60, true);
            Collections.shuffle(calls, new Random(seed));
            assertEquals(expected(12, 0, 1), play(calls), "seed " + seed);
        }
    }

    @Test
    void aSprayFromTheOperatorsOwnNetworkIsNone() {
        CallFixture account = new CallFixture().own("203.0.113.10");
        List<String> types = new ArrayList<>();
        calls(8, 8, 60, false).forEach(call -> types.addAll(account.types(detector, call)));
        assertEquals(List.of(), types);
    }

    /** CloudTrail hides a name that is no user: somebody may have typed a password there. */
    @Test
    void hiddenNamesAreNoUser() {
        CallFixture account = new CallFixture();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            types.addAll(
                    account.types(detector, signIn("HIDDEN_DUE_TO_SECURITY_REASONS", "203.0.113.10", HOUR + i, false)));
        }
        assertEquals(List.of(), types);
    }

    private static List<ApiCall.Draft> calls(int failures, int users, int apart, boolean succeeds) {
        List<ApiCall.Draft> calls = new ArrayList<>();
        for (int i = 0; i < failures; i++) {
            calls.add(signIn("user" + i % users, "203.0.113.10", HOUR + (long) i * apart, false));
        }
        if (succeeds) {
            calls.add(signIn("user0", "203.0.113.10", HOUR + (long) failures * apart, true));
        }
        return calls;
    }

    private Map<String, Integer> play(List<ApiCall.Draft> calls) {
        CallFixture account = new CallFixture();
        Map<String, Integer> counts = new TreeMap<>();
        calls.forEach(call -> account.types(detector, call).forEach(type -> counts.merge(type, 1, Integer::sum)));
        return counts;
    }

    private static Map<String, Integer> expected(int brute, int spray, int after) {
        Map<String, Integer> counts = new TreeMap<>();
        if (brute > 0) {
            counts.put(BRUTE, brute);
        }
        if (spray > 0) {
            counts.put(SPRAY, spray);
        }
        if (after > 0) {
            counts.put(AFTER, after);
        }
        return counts;
    }
}
