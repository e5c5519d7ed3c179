package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainCommandTest extends CommandFixture {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String TYPE = "Stealth:IAMUser/CloudTrailLoggingDisabled";

    @BeforeEach
    void logs() throws IOException {
        object("b.json.gz", call("DescribeTrails", 7, "e-3"), call("DescribeTrails", 9, "e-4"));
        object("a.json.gz", STOP_LOGGING, call("ListUsers", 1, "e-2"));
        object("c.json.gz", call("ListUsers", 3, "e-5").replace("alice", "bob").replace("203.0.113.10", "192.0.2.1"));
    }

    @Test
    void tellsAllInOrderWithTheFindingsMarked() {
        assertEquals(0, tocsin("explain", "--entity", ALICE, folder.toString()));
        assertEquals("""
                2026-03-01T12:01:00Z   cloudtrail:ListUsers in us-east-1 as alice from 203.0.113.10
                                        first: call cloudtrail:ListUsers, source 203.0.113.10, Region us-east-1
                2026-03-01T12:05:00Z ! cloudtrail:StopLogging in us-east-1 as alice from 203.0.113.10
                                        first: call cloudtrail:StopLogging
                                        finding: DefenseEvasion:IAMUser/LogSourceTampered
                                        finding: Stealth:IAMUser/CloudTrailLoggingDisabled
                2026-03-01T12:07:00Z   cloudtrail:DescribeTrails in us-east-1 as alice from 203.0.113.10 (2 times until \
                2026-03-01T12:09:00Z)
                                        first: call cloudtrail:DescribeTrails
                4 records of arn:aws:iam::111122223333:user/alice.
                """, out.toString());
    }

    @Test
    void followsAnAddress() {
        assertEquals(0, tocsin("explain", "--entity", "192.0.2.1", folder.toString()));
        assertTrue(out.toString().contains("as bob") && !out.toString().contains("alice"), out.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody of that name     | arn:aws:iam::111122223333:user/eve | 2026-03-01T12:00:00Z | NO  calls of this principal
            another time            | arn:aws:iam::111122223333:user/bob | 2026-03-01T14:00:00Z | NO  some of them at the time asked
            other calls             | arn:aws:iam::111122223333:user/bob | 2026-03-01T12:00:00Z | NO  calls that the type looks at
            it did                  | arn:aws:iam::111122223333:user/alice | 2026-03-01T12:00:00Z | it did fire
            """)
    void namesTheFirstConditionThatFailed(String name, String who, String at, String said) {
        assertEquals(0, tocsin("explain", "--why-not", TYPE, "--principal", who, "--at", at, folder.toString()));
        assertTrue(out.toString().contains(said), out.toString());
    }

    @Test
    void saysWhatAFailedCallLacked() throws IOException {
        object(
                "d.json.gz",
                call("StopLogging", 8, "e-9")
                        .replace("alice", "carol")
                        .replace("\"eventID\"", "\"errorCode\":\"AccessDenied\",\"eventID\""));
        String carol = ALICE.replace("alice", "carol");
        assertEquals(0, tocsin("explain", "--why-not", TYPE, "--principal", carol, folder.toString()));
        assertTrue(out.toString().contains("none of StopLogging (AccessDenied) met it"), out.toString());
        assertFalse(out.toString().contains("it did fire"));
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertEquals(2, tocsin("explain", folder.toString()));
        assertEquals(2, tocsin("explain", "--why-not", "No:Type/Here", "--principal", ALICE, folder.toString()));
        assertEquals(2, tocsin("explain", "--why-not", TYPE, "--principal", ALICE, "--at", "noon", folder.toString()));
    }
}
