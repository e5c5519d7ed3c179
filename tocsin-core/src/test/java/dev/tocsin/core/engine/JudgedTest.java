package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.IdentityCalls.ACCOUNT;
import static dev.tocsin.core.engine.IdentityCalls.BROWSER;
import static dev.tocsin.core.engine.IdentityCalls.DAY;
import static dev.tocsin.core.engine.IdentityCalls.HOME;
import static dev.tocsin.core.engine.IdentityCalls.START;
import static dev.tocsin.core.engine.IdentityCalls.STRANGE;
import static dev.tocsin.core.engine.IdentityCalls.TOOL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.identity.Judged;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a call that was held against habits, by its parts. */
final class JudgedTest {

    private final IdentityCalls calls = new IdentityCalls();

    private FakeHost<ApiCall> after(int days, ApiCall last) {
        FakeHost<ApiCall> host = new FakeHost<>(new AccountFunction(IdentityCalls.services(), Detectors.ALL));
        Stream.concat(calls.habit(days).stream(), Stream.of(last)).forEach(call -> host.take(ACCOUNT, call));
        host.advance(Long.MAX_VALUE);
        return host;
    }

    private ApiCall call(int days, String service, String action, String from, String agent) {
        return calls.call("alice", START + days * DAY, service, action, from, agent);
    }

    private static double part(Judged judged, String name) {
        return judged.parts().stream()
                .filter(part -> part.name().equals(name))
                .mapToDouble(Judged.Part::bits)
                .findFirst()
                .orElse(Double.NaN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # a call and where it came from         | service        | action         | from         | agent          | network | tool  | spoke
            a secret read from elsewhere by a tool  | secretsmanager | GetSecretValue | 198.51.100.7 | aws-cli/2.15.0 | true    | true  | true
            a secret read at home by a tool         | secretsmanager | GetSecretValue | 203.0.113.10 | aws-cli/2.15.0 | false   | true  | true
            a secret read at home                   | secretsmanager | GetSecretValue | 203.0.113.10 | Mozilla/5.0    | false   | false | false
            a role assumed elsewhere by a tool      | sts            | AssumeRole     | 198.51.100.7 | aws-cli/2.15.0 | true    | true  | false
            """)
    void theEvidenceIsToldByItsParts(
            String name,
            String service,
            String action,
            String from,
            String agent,
            boolean network,
            boolean tool,
            boolean spoke) {
        Judged judged = after(10, call(10, service, action, from, agent)).judged.getLast();
        assertEquals(action, judged.call().action());
        assertEquals(network, part(judged, "network") > 0);
        assertEquals(tool, part(judged, "tool") > 0);
        assertEquals(!action.equals("AssumeRole"), part(judged, "calls") > 0);
        assertEquals(spoke, judged.spoke());
        assertEquals(action.equals("AssumeRole"), judged.exception() != null);
        assertEquals(
                List.of("context", "calls"),
                judged.channels().stream().map(Judged.Channel::name).toList());
        assertEquals(10, judged.accountDays());
        assertEquals("arn:aws:iam::111122223333:user/alice", judged.principal());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # evidence and threshold           | bits | of  | learned | needed | near
            just under the share               | 7.9  | 10  | 14      | 14     | false
            at the share                       | 8.0  | 10  | 14      | 14     | true
            just under the threshold           | 9.9  | 10  | 14      | 14     | true
            over the threshold                 | 10.0 | 10  | 14      | 14     | false
            near, a day short of learning      | 9.0  | 10  | 13      | 14     | false
            """)
    void aNearMissIsNearAndLearned(String name, double bits, double threshold, int learned, int needed, boolean near) {
        ApiCall call = call(10, "iam", "ListUsers", HOME, BROWSER);
        List<Judged.Channel> channels = List.of(
                new Judged.Channel("context", 0, threshold, 0), new Judged.Channel("calls", bits, threshold, needed));
        assertEquals(
                near, new Judged(call, "type", "alice", List.of(), channels, learned, 0, null, false).isNearMiss());
        assertFalse(new Judged(call, "type", "alice", List.of(), channels, learned, 0, "common", false).isNearMiss());
        assertFalse(new Judged(call, "type", "alice", List.of(), channels, learned, 0, null, true).isNearMiss());
    }

    @Test
    void aFindingSaysWhatItTookAndWhatWasUsual() {
        Doc score = after(10, call(10, "secretsmanager", "GetSecretValue", STRANGE, TOOL)).signals.stream()
                .filter(signal -> signal.type().name().startsWith("CredentialAccess:IAMUser/Anom"))
                .findFirst()
                .orElseThrow()
                .additional()
                .part("score");
        assertTrue(String.valueOf(score.text("thresholds")).matches("context [0-9.]+ of 7.3 , calls [0-9.]+ of 8.5"));
        assertTrue(String.valueOf(score.text("parts")).startsWith("calls "), score.toString());
        assertEquals(
                "asnNumber: 64500 asnOrg: HOME-NET (10)", score.part("usual").text("ASNs"));
        assertEquals("browser (10)", score.part("usual").text("UserAgents"));
    }
}
