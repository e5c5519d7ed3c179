package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told to look at now, today or later. */
final class PriorityTest {

    private static final long AT = 1_772_366_400;
    private static final long DAY = 86_400;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                              | severity | circumstances                 | level | reason
            critical                            | 9.0      |                               | now   | severity 9.0
            high                                | 7.0      |                               | now   | severity 7.0
            medium                              | 6.9      |                               | today | severity 6.9
            the lowest medium                   | 4.0      |                               | today | severity 4.0
            low                                 | 3.9      |                               | later | severity 3.9
            critical and blocked                | 9.0      | blocked                       | now   | blocked
            high and blocked                    | 8.0      | blocked                       | today | blocked
            medium and blocked                  | 5.0      | blocked                       | later | blocked
            low and blocked                     | 2.0      | blocked                       | later | blocked
            a call that failed                  | 8.0      | error=AccessDenied            | today | the call failed: AccessDenied
            the last of several calls failed    | 8.0      | lately=AccessDenied           | now   |
            a name that does not resolve        | 8.0      | rcode=NXDOMAIN                | today | the name does not resolve
            a name that does                    | 8.0      | rcode=NOERROR                 | now   |
            a connection followed               | 5.0      | connected=yes                 | now   | a connection to the answer followed
            none followed                       | 5.0      | connected=no                  | today |
            an entry of today                   | 8.0      | entry=198.51.100.7@0          | now   | listed at the time
            seen after the event too            | 8.0      | entry=198.51.100.7@-3         | now   | listed at the time
            30 days before                      | 8.0      | entry=198.51.100.7@30         | now   | last seen by the list 30 days before
            31 days before                      | 8.0      | entry=198.51.100.7@31         | today | last seen by the list 31 days before
            undated                             | 8.0      | entry=bad.example             | today | does not say when
            a /24                               | 8.0      | entry=198.51.100.0/24@0       | now   |
            a /23                               | 8.0      | entry=198.51.100.0/23@0       | today | a wide network: 198.51.100.0/23
            an IPv6 site                        | 8.0      | entry=2001:db8::/48@0         | now   |
            an IPv6 provider                    | 8.0      | entry=2001:db8::/47@0         | today | a wide network
            a hoster of VPNs                    | 8.0      | entry=198.51.100.7@0 vpn      | today | sell to VPNs
            old and wide is one step            | 8.0      | entry=198.51.0.0/16@60        | today | a wide network
            old, wide and blocked are two       | 8.0      | entry=198.51.0.0/16@60 blocked | later | blocked
            two lists agree on an old one       | 8.0      | entry=198.51.100.7@60 second  | now   | 2 lists agree
            the operator's own, undated         | 5.0      | entry=198.51.100.7 own        | today | on your own list L
            the operator's own, wide            | 5.0      | entry=198.51.0.0/16 own       | later | a wide network
            """)
    void tells(String what, double severity, String circumstances, String level, String reason) {
        Doc priority = Priority.of(entry(severity, circumstances == null ? "" : circumstances));
        assertEquals(level, priority.text("level"), priority.toJson());
        assertTrue(priority.toJson().contains(reason == null ? "" : reason), priority.toJson());
    }

    private static FindingEntry entry(double severity, String circumstances) {
        Doc action = new Doc();
        Doc marks = new Doc();
        Doc fields = new Doc();
        String value = null;
        boolean own = false;
        boolean second = false;
        List<String> cautions = new ArrayList<>();
        for (String word : List.of(circumstances.split(" ", -1))) {
            String named = word.substring(word.indexOf('=') + 1);
            switch (word.split("=", -1)[0]) {
                case "blocked" -> action.with("blocked", true);
                case "error" -> {
                    action.with("errorCode", named);
                    fields.with("errorCode", named);
                }
                case "lately" -> action.with("errorCode", named);
                case "rcode" -> fields.with("rcode", named);
                case "connected" -> marks.with("connected", named);
                case "entry" -> value = named;
                case "own" -> own = true;
                case "second" -> second = true;
                case "vpn" -> cautions.add("vpn");
                default -> {}
            }
        }
        List<ThreatMatch> matches = new ArrayList<>();
        if (value != null) {
            matches.add(match("L", value, own, cautions));
        }
        if (second) {
            matches.add(match("M", value, false, List.of()));
        }
        Signal signal = signal(severity, action, fields, matches);
        FindingEntry entry = FindingEntry.started("id", signal, 0);
        entry.add(signal, new Doc(), marks);
        return entry;
    }

    private static ThreatMatch match(String list, String text, boolean own, List<String> cautions) {
        int at = text.indexOf('@');
        long seen = at < 0 ? 0 : AT - Long.parseLong(text.substring(at + 1)) * DAY;
        String value = at < 0 ? text : text.substring(0, at);
        String kind = own ? "operator-threat" : "intel";
        return new ThreatMatch(list, "1", kind, value, "c2", "a threat", 0, 0, seen, cautions, null);
    }

    private static Signal signal(double severity, Doc action, Doc fields, List<ThreatMatch> matches) {
        FindingType type = FindingType.named("Backdoor:EC2/C&CActivity.B").build();
        return new Signal(
                type,
                "111122223333",
                "eu-west-1",
                new Subject.Known("i-1", new Doc()),
                "",
                "r",
                AT,
                AT,
                severity,
                FindingType.Role.ACTOR,
                new Doc().with("actionType", "TEST").with("testAction", action),
                new Doc(),
                matches,
                Map.of(),
                List.of(new Evidence("o", 0, null, AT, "r", fields)),
                false);
    }
}
