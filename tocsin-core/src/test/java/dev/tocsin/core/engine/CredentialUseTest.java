package dev.tocsin.core.engine;

import static dev.tocsin.core.engine.CredentialFixture.DAY;
import static dev.tocsin.core.engine.CredentialFixture.HOUR;
import static dev.tocsin.core.engine.CredentialFixture.NAT;
import static dev.tocsin.core.engine.CredentialFixture.START;
import static dev.tocsin.core.engine.CredentialFixture.session;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.StolenCredentials;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials of resources used elsewhere, from the first record to the signal. */
final class CredentialUseTest {

    private static final String THIEF = "198.51.100.9";
    private static final String AWS_THIEF = "203.0.113.99";
    private static final String HOLDER = "i-0123456789abcdef0";

    private final CredentialFixture logs = new CredentialFixture();

    private static List<String> said(List<Signal> signals) {
        return signals.stream().map(CredentialUseTest::said).toList();
    }

    private static String said(Signal signal) {
        String name = signal.type().name();
        String family = name.contains("/Instance") ? "instance" : "resource";
        return family + " " + name.substring(name.lastIndexOf('.') + 1, name.length() - 3) + " "
                + Math.round(signal.severity());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                                | told by  | holder               | days at home | home         | used from    | said
            stolen and used elsewhere                     | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 198.51.100.9  | instance Outside 8
            the first record of the logs                  | delivery | i-0123456789abcdef0  | 0 | 203.0.113.1  | 198.51.100.9  | instance Outside 8
            an instance named by inScopeOf                | scope    | i-0123456789abcdef0  | 8 | 203.0.113.1  | 198.51.100.9  | instance Outside 8
            an old short id                               | delivery | i-01234567           | 8 | 203.0.113.1  | 198.51.100.9  | instance Outside 8
            a task's                                      | task     | 0123456789abcdef     | 8 | 203.0.113.1  | 198.51.100.9  | resource Outside 8
            a function's                                  | function | mailer               | 8 | 203.0.113.1  | 198.51.100.9  | resource Outside 8
            a server that Systems Manager registered      | delivery | mi-0123456789abcdef0 | 8 | 203.0.113.1  | 198.51.100.9  |
            somebody's role session                       | name     | alice                | 8 | 203.0.113.1  | 198.51.100.9  |
            an id that is too short                       | name     | i-0123               | 8 | 203.0.113.1  | 198.51.100.9  |
            the way out that the operator named           | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 198.51.100.200 |
            an address of which nothing is known          | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 192.0.2.9     |
            a private address                             | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 10.0.0.9      |
            a service                                     | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | ssm.amazonaws.com |
            AWS Internal                                  | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | AWS Internal  |
            elsewhere in AWS, brought addresses are alike | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 203.0.113.99  | instance Inside 5
            elsewhere in AWS, after just a week           | delivery | i-0123456789abcdef0  | 7 | 203.0.113.1  | 203.0.113.99  | instance Inside 5
            elsewhere in AWS, within the first week       | delivery | i-0123456789abcdef0  | 6 | 203.0.113.1  | 203.0.113.99  |
            a task's elsewhere in AWS                     | task     | 0123456789abcdef     | 8 | 203.0.113.1  | 203.0.113.99  | resource Inside 5
            functions call from all over AWS              | function | mailer               | 8 | 203.0.113.1  | 203.0.113.99  |
            an instance that is otherwise silent, in AWS  | delivery | i-0123456789abcdef0  | 0 | 203.0.113.1  | 203.0.113.99  |
            IPv6 beside IPv4                              | delivery | i-0123456789abcdef0  | 8 | 203.0.113.1  | 2001:db8:a::9 |
            another network's IPv6                        | delivery | i-0123456789abcdef0  | 8 | 2001:db8:a:1::9 | 2001:db8:a:9900::9 | instance Inside 5
            another subnet of the VPC's IPv6              | delivery | i-0123456789abcdef0  | 8 | 2001:db8:a:1::9 | 2001:db8:a:2::9 |
            """)
    void oneHolderUsedFromAnotherPlace(
            String name, String kind, String holder, int days, String home, String from, String expected) {
        long theft = START + 1_800;
        logs.habit(kind, "app", holder, days, START + (days == 0 ? 0 : 3 * HOUR), home);
        logs.call(session(kind, "app", holder, Math.floorDiv(theft, DAY) * DAY), theft, from);
        assertEquals(expected == null ? List.of() : List.of(expected), said(logs.run()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            another account's endpoint          | 444455556666 | instance Inside 8
            an affiliated account's endpoint    | 222233334444 | instance Inside 5
            an endpoint of the account itself   | 111122223333 |
            an endpoint of which nobody says whose | |
            """)
    void callsThroughEndpoints(String name, String owner, String expected) {
        ApiCall.Draft draft = logs.draft(session("delivery", "app", HOLDER, START), START, "10.0.0.9");
        draft.vpcEndpointId = "vpce-0123456789abcdef0";
        draft.vpcEndpointOwner = owner;
        logs.calls.add(draft.build());
        List<Signal> signals = logs.run();
        assertEquals(expected == null ? List.of() : List.of(expected), said(signals));
        signals.forEach(signal -> assertEquals(
                owner,
                signal.action()
                        .part("awsApiCallAction")
                        .part("remoteAccountDetails")
                        .text("accountId")));
    }

    @Test
    void anAddressThatAnotherAccountUsedBeforeIsItsOwn() {
        logs.habit("delivery", "app", HOLDER, 1, START, NAT);
        Identity other = new Identity(
                "AWSAccount",
                "AROAOTHER:x",
                null,
                "444455556666",
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
        logs.call(other, START - HOUR, AWS_THIEF);
        logs.call(session("delivery", "app", HOLDER, START), START, AWS_THIEF);
        List<Signal> signals = logs.run();
        assertEquals(List.of("instance Inside 8"), said(signals));
        assertEquals(
                "444455556666",
                signals.getFirst()
                        .action()
                        .part("awsApiCallAction")
                        .part("remoteAccountDetails")
                        .text("accountId"));
    }

    @ParameterizedTest(name = "{0} holders from one address {1}, their usual one {2}: {3} signals")
    @CsvSource({
        // A proxy on premises is the only way out of those behind it.
        "2, 198.51.100.9, , 2",
        "3, 198.51.100.9, , 0",
        // Three stolen at once still call from home.
        "3, 198.51.100.9, 203.0.113.1, 3",
        // A new address of a NAT gateway is everybody's at once.
        "2, 203.0.113.99, 203.0.113.1, 2",
        "3, 203.0.113.99, 203.0.113.1, 0"
    })
    void whatHoldersShareIsAWayOut(int holders, String from, String home, int signals) {
        for (int i = 0; i < holders; i++) {
            String holder = "i-0123456789abcdef" + i;
            if (home != null) {
                logs.habit("delivery", "role" + i, holder, 8, START + 3 * HOUR, home);
            }
            logs.call(session("delivery", "role" + i, holder, START - 2 * HOUR), START + 600L * i, from);
        }
        assertEquals(signals, logs.run().size());
    }

    @ParameterizedTest(name = "{0} days of use from {1}: {2} signals in the end")
    @CsvSource({"6, 198.51.100.9, 1", "7, 198.51.100.9, 0", "40, 198.51.100.9, 0"})
    void aPlaceThatKeepsBeingUsedIsLearned(int days, String from, int signals) {
        logs.habit("delivery", "app", HOLDER, days + 3, START, NAT);
        for (int day = days; day > 0; day--) {
            logs.call(session("delivery", "app", HOLDER, START - day * DAY), START - day * DAY, from);
        }
        logs.call(session("delivery", "app", HOLDER, START), START, from);
        long last = logs.run().stream().filter(signal -> signal.last() == START).count();
        assertEquals(signals, last);
    }

    @Test
    void whatWasLearnedIsForgottenOnceItIsNotUsed() {
        for (int day = 60; day > 40; day--) {
            logs.call(session("delivery", "app", HOLDER, START - day * DAY), START - day * DAY, THIEF);
        }
        logs.call(session("delivery", "app", HOLDER, START), START, THIEF);
        assertEquals(
                1, logs.run().stream().filter(signal -> signal.last() == START).count());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            started again with a new address, and new credentials | -3600 | 600 |
            its credentials are older than its last call at home  | -3600 | -86400 | instance Inside 5
            """)
    void anInstanceThatIsStartedAgain(String name, long lastAtHome, long created, String expected) {
        logs.habit("delivery", "app", HOLDER, 9, START + lastAtHome, NAT);
        logs.call(session("delivery", "app", HOLDER, START + created), START + 1_200, AWS_THIEF);
        assertEquals(expected == null ? List.of() : List.of(expected), said(logs.run()));
    }

    @Test
    void anAddressOfOthersInTheAccountIsNoThiefs() {
        logs.habit("delivery", "other", "i-0123456789abcdef1", 2, START, AWS_THIEF);
        logs.habit("delivery", "app", HOLDER, 9, START + 3 * HOUR, NAT);
        logs.call(session("delivery", "app", HOLDER, START - DAY), START, AWS_THIEF);
        assertEquals(List.of(), said(logs.run()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            EC2 took the role for an instance | ec2.amazonaws.com | false
            nobody says so                    | lambda.amazonaws.com | true
            """)
    void aSessionNamedLikeAnInstanceIsAsked(String name, String service, boolean asked) {
        Identity ec2 = new Identity(
                "AWSService",
                null,
                null,
                null,
                null,
                null,
                service,
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
        ApiCall.Draft delivery = logs.draft(ec2, START - HOUR, service);
        delivery.action = "AssumeRole";
        delivery.plan =
                List.of(FieldPath.of("requestParameters.roleArn"), FieldPath.of("requestParameters.roleSessionName"));
        delivery.values = new String[] {"arn:aws:iam::111122223333:role/app", HOLDER};
        logs.calls.add(delivery.build());
        logs.call(session("name", "app", HOLDER, START - HOUR), START, THIEF);
        List<Signal> signals = logs.run();
        assertEquals(List.of("instance Outside 8"), said(signals));
        assertEquals(
                asked ? "arn:aws:iam::111122223333:role/app" : null,
                signals.getFirst().facts().get(StolenCredentials.ROLE_IN_QUESTION));
        assertEquals(
                "likely", signals.getFirst().additional().part("credentials").text("certainty"));
    }

    @Test
    void theOrderOfRecordsDecidesNothing() {
        long seed = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            logs.habit("delivery", "app", "i-0123456789abcdef" + i, 9, START + 5 * HOUR, i < 3 ? NAT : "203.0.113.2");
            logs.call(session("delivery", "app", "i-0123456789abcdef" + i, START - HOUR), START + 900L * i, THIEF);
            logs.call(session("delivery", "app", "i-0123456789abcdef" + i, START - DAY), START + 4_000L * i, AWS_THIEF);
            logs.call(session("delivery", "new", "i-0123456789abcde0" + i, START), START + 1_000L * i, "198.51.100.30");
        }
        List<String> straight = told(logs.run());
        Collections.shuffle(logs.calls, new Random(seed));
        assertEquals(straight, told(logs.run()), "seed " + seed);
        // In the order of time, with the watermark half an hour behind, as a live host has it.
        FakeHost<ApiCall> live = new FakeHost<>(new AccountFunction(CredentialFixture.services(), Detectors.ALL));
        logs.calls.sort(Comparator.comparingLong(ApiCall::at));
        for (ApiCall call : logs.calls) {
            live.advance(call.at() - 1_800);
            live.take(CredentialFixture.ACCOUNT, call);
        }
        live.advance(Long.MAX_VALUE);
        List<Signal> signals = live.signals.stream()
                .filter(signal -> signal.type().name().contains("CredentialExfiltration"))
                .toList();
        assertEquals(straight, told(signals));
        assertEquals(
                4, straight.stream().filter(text -> text.contains("Outside")).count());
    }

    private static List<String> told(List<Signal> signals) {
        List<String> told = new ArrayList<>();
        for (Signal signal : signals) {
            assertNotNull(signal.trigger());
            told.add(said(signal) + " " + signal.aggregation() + " " + signal.last() + " " + signal.recordId());
        }
        Collections.sort(told);
        return told;
    }
}
