package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Intelligence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sign-ins from places too far apart, from the first record to the signal. */
final class SignInUseTest {

    private static final String ACCOUNT = "111122223333";

    /** 2026-03-02T12:00:00Z. */
    private static final long NOON = 1_772_452_800;

    private static final long DAY = 86_400;
    private static final String HOME = "198.51.100.1";
    private static final String ABROAD = "198.51.100.2";
    private static final String COLLEAGUE = "198.51.100.9";
    private static final String OFFICE = "198.51.100.10";

    private final List<ApiCall> calls = new ArrayList<>();
    private boolean cities;
    private int number;

    /** Addresses of 198.51.100.0/24 by their last number. */
    private Doc place(Address address) {
        return switch (address.toString()) {
            case HOME, COLLEAGUE, OFFICE, "198.51.100.22", "198.51.100.23", "198.51.100.24", "198.51.100.25" ->
                place("Germany", "64500", 50, 9);
            case ABROAD -> place("Singapore", "64501", 1, 104);
            case "198.51.100.3" -> place("Germany", "64502", 53, 10);
            case "198.51.100.4" -> place("Singapore", "64500", 1, 104);
            case "198.51.100.5" -> place("France", "64505", 49, 2);
            case "198.51.100.6" -> place("Spain", "64506", 36, -5);
            case "198.51.100.7" -> new Doc().with("organization", new Doc().with("asn", "64507"));
            default -> new Doc();
        };
    }

    private Doc place(String country, String asn, double latitude, double longitude) {
        return new Doc()
                .with("country", new Doc().with("countryName", country))
                .with("organization", new Doc().with("asn", asn))
                .with("geoLocation", cities ? new Doc().with("lat", latitude).with("lon", longitude) : null);
    }

    private static Identity who(String kind, String name) {
        boolean sso = kind.equals("sso");
        boolean session = sso || kind.equals("role");
        String type = switch (kind) {
            case "user", "key" -> "IAMUser";
            case "root" -> "Root";
            case "saml" -> "SAMLUser";
            case "portal" -> "IdentityCenterUser";
            default -> "AssumedRole";
        };
        String role = sso ? "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0" : "admin";
        return new Identity(
                type,
                session ? "AROAADMIN:" + name : kind.equals("portal") ? name : "AIDA" + name,
                session || kind.equals("saml") || kind.equals("portal")
                        ? null
                        : "arn:aws:iam::" + ACCOUNT + ":user/" + name,
                ACCOUNT,
                kind.equals("key") ? "AKIA" + name : "ASIA" + name,
                session ? null : name,
                null,
                session ? "Role" : null,
                session ? "arn:aws:iam::" + ACCOUNT + ":role/" + role : null,
                session ? "AROAADMIN" : null,
                session ? ACCOUNT : null,
                session ? "admin" : null,
                null,
                0,
                null,
                null,
                null,
                null,
                null);
    }

    private ApiCall.Draft draft(String kind, String name, String action, long at, String from) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = ACCOUNT;
        draft.region = "us-east-1";
        draft.service = action.equals("ConsoleLogin") ? "signin.amazonaws.com" : "ec2.amazonaws.com";
        draft.action = action;
        draft.eventId = "event-" + number++;
        draft.contentHash = number;
        draft.caller = Caller.of(from);
        draft.userAgent = "Mozilla/5.0";
        draft.identity = who(kind, name);
        draft.eventType = kind.equals("portal") ? "AwsServiceEvent" : "AwsApiCall";
        return draft;
    }

    private void call(String kind, String name, String action, long at, String from) {
        calls.add(draft(kind, name, action, at, from).build());
    }

    /** A sign-in and two calls each day at noon. */
    private void habit(String kind, String name, int days, String from) {
        for (int day = 1; day <= days; day++) {
            call(kind, name, kind.equals("saml") ? "AssumeRoleWithSAML" : "ConsoleLogin", NOON - day * DAY, from);
        }
    }

    private List<Signal> run(FakeHost<ApiCall> host) {
        calls.forEach(call -> host.take(ACCOUNT, call));
        host.saveAndLoad();
        host.advance(Long.MAX_VALUE);
        return host.signals.stream()
                .filter(signal -> signal.type().name().contains("LoginSuccess"))
                .toList();
    }

    private List<String> run() {
        EngineServices services = new EngineServices(this::place, () -> Intelligence.EMPTY);
        return run(new FakeHost<>(new AccountFunction(services, Detectors.ALL))).stream()
                .map(signal ->
                        signal.type().name().substring(signal.type().name().indexOf('/') + 1) + " " + signal.last())
                .sorted()
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                                  | who    | days at home | from         | minutes after home | said
            a user signs in abroad                          | user   | 5 | 198.51.100.2 | 20  | ConsoleLoginSuccess.B
            and just within half an hour                    | user   | 5 | 198.51.100.2 | 30  | ConsoleLoginSuccess.B
            just over half an hour                          | user   | 5 | 198.51.100.2 | 31  |
            home was known for three days                   | user   | 3 | 198.51.100.2 | 20  | ConsoleLoginSuccess.B
            home was known for two days                     | user   | 2 | 198.51.100.2 | 20  |
            root                                            | root   | 5 | 198.51.100.2 | 20  | ConsoleLoginSuccess.B
            a neighbouring country                          | user   | 5 | 198.51.100.5 | 20  | ConsoleLoginSuccess.B
            from phone to line in the country               | user   | 5 | 198.51.100.3 | 10  |
            one network that is registered in two countries | user   | 5 | 198.51.100.4 | 10  |
            a place of which only the network is known      | user   | 5 | 198.51.100.7 | 10  |
            a place of which nothing is known               | user   | 5 | 198.51.100.8 | 10  |
            a federated person in a console session         | sso    | 5 | 198.51.100.2 | 20  | FederatedLoginSuccess
            a federated person by another directory         | role   | 5 | 198.51.100.2 | 20  | FederatedLoginSuccess
            """)
    void signsInWhileElsewhere(String name, String kind, int days, String from, int minutes, String said) {
        habit(kind, "alice", days, HOME);
        call(kind, "alice", "ConsoleLogin", NOON, HOME);
        long at = NOON + minutes * 60L;
        call(kind, "alice", "ConsoleLogin", at, from);
        assertEquals(said == null ? List.of() : List.of(said + " " + at), run());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            by SAML                              | saml   | AssumeRoleWithSAML        | FederatedLoginSuccess
            at the portal                        | portal | UserAuthentication        | FederatedLoginSuccess
            a program with a web identity        | web    | AssumeRoleWithWebIdentity |
            """)
    void otherWaysIn(String name, String kind, String action, String said) {
        for (int day = 0; day < 5; day++) {
            call(kind, "alice", action, NOON - day * DAY, HOME);
        }
        call(kind, "alice", action, NOON + 1_800, ABROAD);
        assertEquals(said == null ? List.of() : List.of(said + " " + (NOON + 1_800)), run());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Singapore is not reached in nine hours        | 198.51.100.2 | 540 | ConsoleLoginSuccess.B
            Singapore is reached in twelve                | 198.51.100.2 | 720 |
            Paris is reached in an hour                   | 198.51.100.5 | 60  |
            Paris is not reached in half an hour          | 198.51.100.5 | 10  | ConsoleLoginSuccess.B
            Gibraltar is reached within two hours and a bit | 198.51.100.6 | 130 |
            Gibraltar is not reached in an hour           | 198.51.100.6 | 60  | ConsoleLoginSuccess.B
            """)
    void withCitiesDistanceOverTimeDecides(String name, String from, int minutes, String said) {
        cities = true;
        habit("user", "alice", 5, HOME);
        call("user", "alice", "ConsoleLogin", NOON, HOME);
        long at = NOON + minutes * 60L;
        call("user", "alice", "ConsoleLogin", at, from);
        assertEquals(said == null ? List.of() : List.of(said + " " + at), run());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            calls of the session at home, after the sign-in abroad | user | ConsoleLoginSuccess.B
            a key of the user's on a server at home                | key  |
            """)
    void callsShowWhereSomebodyIs(String name, String kind, String said) {
        habit("user", "alice", 5, HOME);
        call("user", "alice", "ConsoleLogin", NOON, ABROAD);
        call(kind, "alice", "DescribeInstances", NOON + 1_200, HOME);
        assertEquals(said == null ? List.of() : List.of(said + " " + NOON), run());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a VPN that the user had the day before               | vpn     |
            a shared user of a team in two countries             | team    |
            a proxy that moves three people abroad at once       | proxy3  |
            two people abroad at once                            | proxy2  | 2
            on the VPN of the company while abroad               | office3 |
            two people who share an address at home              | office2 | 1
            somebody who only tries                              | failure |
            the day after it was reported, again                 | again   | 2
            """)
    void looksAlike(String name, String what, Integer said) {
        String home = what.startsWith("office") ? OFFICE : HOME;
        habit("user", "alice", 5, home);
        call("user", "alice", "ConsoleLogin", NOON, home);
        switch (what) {
            case "office2" -> habit("user", "bob", 5, OFFICE);
            case "office3" -> {
                habit("user", "bob", 5, OFFICE);
                habit("user", "carol", 1, OFFICE);
            }
            case "vpn" -> call("user", "alice", "ConsoleLogin", NOON - DAY + 40_000, ABROAD);
            case "team" -> habit("user", "alice", 20, ABROAD);
            case "proxy2", "proxy3" -> {
                for (String other : what.equals("proxy3") ? List.of("bob", "carol") : List.of("bob")) {
                    habit("user", other, 5, COLLEAGUE);
                    call("user", other, "ConsoleLogin", NOON, COLLEAGUE);
                    call("user", other, "ConsoleLogin", NOON + 900, ABROAD);
                }
            }
            case "failure" -> {
                ApiCall.Draft failed = draft("user", "alice", "ConsoleLogin", NOON + 1_800, ABROAD);
                failed.plan = List.of(FieldPath.of("responseElements.ConsoleLogin"));
                failed.values = new String[] {"Failure"};
                calls.add(failed.build());
            }
            case "again" -> {
                call("user", "alice", "ConsoleLogin", NOON + DAY, HOME);
                call("user", "alice", "ConsoleLogin", NOON + DAY + 1_800, ABROAD);
            }
            default -> throw new IllegalArgumentException(what);
        }
        if (!what.equals("failure")) {
            call("user", "alice", "ConsoleLogin", NOON + 1_800, ABROAD);
        }
        assertEquals(said == null ? 0 : said, run().size());
    }

    @Test
    void theFindingSaysWhereElse() {
        cities = true;
        habit("user", "alice", 5, HOME);
        call("user", "alice", "ConsoleLogin", NOON, HOME);
        call("user", "alice", "ConsoleLogin", NOON + 3_600, ABROAD);
        EngineServices services = new EngineServices(this::place, () -> Intelligence.EMPTY);
        Signal told = run(new FakeHost<>(new AccountFunction(services, Detectors.ALL)))
                .getFirst();
        Doc elsewhere = told.additional().part("elsewhere");
        assertEquals("64500", elsewhere.text("asn"));
        assertEquals(60, elsewhere.number("minutesApart", 0));
        assertEquals(10_279, elsewhere.number("kilometres", 0));
    }

    @Test
    void theOrderOfRecordsDecidesNothing() {
        long seed = System.nanoTime();
        for (String name : List.of("al", "bob", "carl", "daves")) {
            String home = "198.51.100.2" + name.length();
            habit("user", name, 6, home);
            call("user", name, "ConsoleLogin", NOON + number, home);
            habit("sso", name, 6, home);
            call("sso", name, "DescribeInstances", NOON + number, home);
        }
        call("user", "al", "ConsoleLogin", NOON + 1_500, ABROAD);
        call("user", "bob", "ConsoleLogin", NOON + 1_600, ABROAD);
        call("sso", "daves", "ConsoleLogin", NOON + 1_700, "198.51.100.5");
        List<String> straight = run();
        assertEquals(3, straight.size());
        Collections.shuffle(calls, new Random(seed));
        assertEquals(straight, run(), "seed " + seed);
    }
}
