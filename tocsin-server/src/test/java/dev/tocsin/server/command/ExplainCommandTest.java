package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            nobody of that name     | arn:aws:iam::111122223333:user/eve | 2026-03-01T12:00:00Z | NO  records of arn:aws:iam::111122223333:user/eve are in the logs
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what there is                 | list entry                             | said
            no list at all                  |                                        | NO  a list of category c2 is loaded
            nothing listed                  | other.example domain c2 2026-02-28     | none of 2 values looked up
            listed as something else        | evil.example domain phishing 2026-02-28 | NO  a list of category c2 is loaded
            an entry too old                | evil.example domain c2 2020-01-01      | evil.example is c2 in list intel: last seen too long before the event
            it did                          | evil.example domain c2 2026-02-28      | it did fire: finding
            """)
    void asksListsForANameThatAHostAsked(String name, String entry, String said) throws IOException {
        Files.writeString(folder.resolve("q.json"), """
                {"version":"1.1","account_id":"111122223333","region":"us-east-1","vpc_id":"vpc-1",\
                "query_timestamp":"2026-03-01T12:05:00Z","query_name":"evil.example.","query_type":"A",\
                "query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"198.51.100.7","Type":"A","Class":"IN"}],\
                "srcaddr":"10.0.0.5","srcport":"5353","transport":"UDP","srcids":{"instance":"i-0aaaabbbbccccdddd"}}
                """);
        List<String> arguments = new ArrayList<>(List.of(
                "explain",
                "--why-not",
                "Backdoor:EC2/C&CActivity.B!DNS",
                "--instance",
                "i-0aaaabbbbccccdddd",
                folder.toString()));
        if (entry != null) {
            Path list = folder.resolveSibling("intel.tsv");
            Files.writeString(list, "indicator\tkind\tcategory\tlastSeen\n" + entry.replace(' ', '\t') + "\n");
            arguments.addAll(List.of("--intel", list.toString()));
        }
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        assertTrue(out.toString().contains(said), out.toString());
    }

    @Test
    void saysHowCloseLookUpsCame() throws IOException {
        Files.writeString(folder.resolve("q.json"), """
                {"version":"1.1","account_id":"111122223333","region":"us-east-1","vpc_id":"vpc-1",\
                "query_timestamp":"2026-03-01T12:05:00Z","query_name":"qzkvjwpqhfmx.com.","query_type":"A",\
                "query_class":"IN","rcode":"NXDOMAIN","answers":[],\
                "srcaddr":"10.0.0.5","srcport":"5353","transport":"UDP","srcids":{"instance":"i-0aaaabbbbccccdddd"}}
                """);
        List<String> arguments = List.of(
                "explain",
                "--why-not",
                "Trojan:EC2/DGADomainRequest.B",
                "--instance",
                "i-0aaaabbbbccccdddd",
                folder.toString());
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        assertTrue(
                out.toString().contains("1 registered domains that do not exist weigh 3.5 of 24.0, beside 0 that do"),
                out.toString());
    }

    @Test
    void followsAnInstanceByTheInterfacesOfTheInventory() throws IOException {
        Files.writeString(folder.resolve("flow.log"), """
                version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
                2 111122223333 eni-1 10.0.0.5 198.51.100.7 40000 443 6 10 840 1772366700 1772366760 ACCEPT OK
                """);
        Path inventory = folder.resolveSibling("interfaces.json");
        Files.writeString(inventory, """
                {"NetworkInterfaces":[{"NetworkInterfaceId":"eni-1","OwnerId":"111122223333","InterfaceType":"interface",\
                "VpcId":"vpc-1","PrivateIpAddress":"10.0.0.5","Attachment":{"InstanceId":"i-1","AttachmentId":"a-1"}}]}
                """);
        assertEquals(0, tocsin("explain", "--entity", "i-1", "--inventory", inventory.toString(), folder.toString()));
        assertTrue(out.toString().contains("10.0.0.5:40000 > 198.51.100.7:443"), out.toString() + err);
    }

    @Test
    void tellsWhyThereIsAFinding() {
        String state = folder.resolveSibling(folder.getFileName() + "-state").toString();
        assertEquals(0, tocsin("analyze", "--state", state, "--format", "jsonl", folder.toString()));
        String id = out.toString()
                .lines()
                .filter(line -> line.contains("\"type\":\"" + TYPE))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*?\"id\":\"([0-9a-f]+)\".*", "$1");
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin("explain", id.substring(0, 8), "--state", state), err.toString());
        assertTrue(out.toString().startsWith(TYPE + "\n  finding   " + id), out.toString());
        assertTrue(out.toString().contains("fires     when "), out.toString());
        assertTrue(out.toString().contains("trigger   2026-03-01T12:05:00.000Z in "), out.toString());
        assertTrue(out.toString().contains("a.json.gz at "), out.toString());
        assertTrue(out.toString().contains("eventID e-1"), out.toString());
        assertEquals(2, tocsin("explain", "ffffffffff", "--state", state));
        assertTrue(err.toString().contains("no finding with id ffffffffff among the "), err.toString());
        assertEquals(
                2, tocsin("explain", id, "--state", folder.resolve("nowhere").toString()));
        assertTrue(err.toString().contains("no state there"), err.toString());
    }

    @Test
    void refusesWhatItCannotAnswer() {
        assertEquals(2, tocsin("explain", folder.toString()));
        assertEquals(2, tocsin("explain", "--why-not", "No:Type/Here", "--principal", ALICE, folder.toString()));
        assertEquals(2, tocsin("explain", "--why-not", TYPE, "--principal", ALICE, "--at", "noon", folder.toString()));
    }
}
