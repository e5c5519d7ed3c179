package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluateCommandTest extends CommandFixture {

    private static final String TYPE = "PenTest:IAMUser/KaliLinux";

    private String evaluate(String labels) throws IOException {
        Path file = folder.resolveSibling("labels-" + folder.getFileName());
        Files.writeString(file, labels);
        assertEquals(0, tocsin("evaluate", "--labels", file.toString(), folder.toString()), err.toString());
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            hit                     | a.json | PenTest:IAMUser/KaliLinux | should   | 1 of 1 (100 %) | 1 of 1 (100 %) | 0
            any type by star        | a.json | PenTest:IAMUser/*                         | should   | 1 of 1 (100 %) | 1 of 1 (100 %) | 0
            found as another type   | a.json | Policy:S3/X                               | should   | 1 of 1 (100 %) | 0 of 1 (0 %)   | 0
            missed                  | b.json | Policy:S3/X                               | should   | 0 of 1 (0 %)   | 0 of 1 (0 %)   | 1
            forbidden               | a.json | PenTest:IAMUser/KaliLinux | must-not | 0 of 0         | 0 of 0         | 1
            other type than allowed | a.json | any type other than PenTest:IAMUser/*     | must-not | 0 of 0         | 0 of 0         | 1
            defensible              | a.json | PenTest:IAMUser/KaliLinux | either   | 0 of 0         | 0 of 0         | 0
            """)
    void scoresExpectations(
            String name, String file, String type, String expectation, String recall, String right, int alarms)
            throws IOException {
        object("a.json.gz", KALI);
        String said = evaluate(
                "file_or_technique\tfinding_type\texpectation\n" + file + "\t" + type + "\t" + expectation + "\n");
        assertTrue(said.contains("recall        " + recall + "\n"), said);
        assertTrue(said.contains("right type    " + right + "\n"), said);
        assertTrue(said.contains("false alarms  " + alarms + ", "), said);
    }

    @Test
    void scoresSessionsAndTheTimeToDetect() throws IOException {
        object("a.json.gz", KALI, call("DescribeTrails", 1, "e-0"));
        String said = evaluate("""
                eventID\tlabel\tsession\ttechnique\ttactic\tsetting\tprincipalId\teventTime\tnote
                e-0\tattack\ts1\tstop\tDefenseEvasion\tvpn\tAIDAEXAMPLE\t2026-03-01T12:01:00Z\taccept=PenTest
                e-1\tattack\ts1\tstop\tDefenseEvasion\tvpn\tAIDAEXAMPLE\t2026-03-01T12:05:00Z\taccept=PenTest
                e-7\tbenign\t-\t-\t-\t-\tAIDAEXAMPLE\t2026-03-02T12:05:00Z\t
                """);
        assertTrue(said.contains("right type    1 of 1"), said);
        assertTrue(said.contains("to detection  240 s"), said);
        assertTrue(said.contains("false alarms  0, 0.000 an account-day (1)"), said);
    }

    @Test
    void readsTheOtherForms() throws IOException {
        object("a.json.gz", KALI);
        String truth =
                evaluate("{\"incidents\":[{\"activity\":\"x\",\"instanceId\":\"AIDAEXAMPLE\",\"interfaceId\":\"eni-1\","
                        + "\"from\":\"2026-03-01T12:00:00Z\",\"to\":\"2026-03-01T12:01:00Z\","
                        + "\"expect\":[{\"type\":\"" + TYPE + "\",\"certainty\":\"should\"}]}]}");
        assertTrue(truth.contains("right type    1 of 1"), truth);
        out.getBuffer().setLength(0);
        String attack = evaluate(
                "attack\ttype\tresource\teni\tstart\tend\tpeer\tsetting\tdifficulty\talso\tname\n" + "stop\t" + TYPE
                        + "\tAIDAOTHER|AIDAEXAMPLE\t-\t2026-03-01T12:16:00Z\t2026-03-01T12:20:00Z\t\t\thard\t\t\n");
        assertTrue(attack.contains("right type    0 of 1"), "eleven minutes are too far: " + attack);
    }

    private static final String ATTACKS =
            "attack\ttype\tresource\teni\tstart\tend\tpeer\tsetting\tdifficulty\talso\tname\n";
    private static final String EVENTS = "event\tresource\tstart\tend\ttypes\tverdict\tnote\tcause\n";

    /** A scan of fifteen ports at noon, by an instance and by what no instance is. */
    private void scans() throws IOException {
        StringBuilder lines = new StringBuilder(
                "version account-id interface-id instance-id srcaddr dstaddr srcport dstport protocol packets bytes start"
                        + " end action log-status tcp-flags\n");
        for (int port = 100; port < 130; port++) {
            lines.append("3 111122223333 eni-1 i-1 10.0.0.1 198.51.100.9 40000 ")
                    .append(port)
                    .append(" 6 1 44 1772366400 1772366430 ACCEPT OK 2\n");
        }
        Files.writeString(folder.resolve("111122223333_vpcflowlogs_us-east-1_fl-1_20260301T1205Z_a.log"), lines);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an attack                      | 12:00 | i-1 | hard | 09:00 | i-2 | Recon:EC2/Portscan | false  | hard 1/1 | alarms  0 in
            another host's attack          | 12:00 | i-7 | easy | 12:00 | i-1 | Recon:EC2/Portscan | false  | easy 0/1 | planned backup
            half an hour away              | 12:30 | i-1 | easy | 09:00 | i-1 | *                  | false  | easy 0/1 | none
            harmless, any finding is false | 09:00 | i-7 | easy | 12:00 | *   | *                  | false  | easy 0/1 | planned backup
            defensible                     | 09:00 | i-7 | easy | 12:00 | i-1 | *                  | may    | easy 0/1 | alarms  0 in
            not for a member of a group    | 09:00 | i-7 | easy | 12:00 | i-1 | *                  | notice | easy 0/1 | planned backup
            """)
    void scoresTrafficByWhatOpenedAFinding(
            String name,
            String attackAt,
            String attacked,
            String difficulty,
            String eventAt,
            String host,
            String types,
            String verdict,
            String recall,
            String alarms)
            throws IOException {
        scans();
        String day = "2026-03-01T";
        Files.writeString(
                folder.resolveSibling("events.tsv"),
                EVENTS + "backup\t" + host + "\t" + day + eventAt + ":00Z\t" + day + eventAt + ":30Z\t" + types + "\t"
                        + verdict + "\t\tplanned\n");
        try {
            String said = evaluate(ATTACKS + "scan\tRecon:EC2/Portscan\t" + attacked + "\t-\t" + day + attackAt
                    + ":00Z\t" + day + attackAt + ":40Z\t\t\t" + difficulty + "\t\t\n");
            assertTrue(said.contains(recall), said);
            assertTrue(said.contains(alarms), said);
        } finally {
            Files.delete(folder.resolveSibling("events.tsv"));
        }
    }

    @Test
    void refusesWhatIsNoLabelFile() throws IOException {
        Path file = Files.writeString(folder.resolve("x.tsv"), "a\tb\n1\t2\n");
        assertEquals(2, tocsin("evaluate", "--labels", file.toString(), folder.toString()));
        assertTrue(err.toString().contains("found columns [a, b]"), err.toString());
    }

    @Test
    void readsTheSharedCorpus() {
        Path corpus = Path.of("../../shared/corpus/cloudtrail");
        Assumptions.assumeTrue(Files.exists(corpus), "../../shared is not here");
        String labels = corpus.resolve("expected.tsv").toString();
        assertEquals(
                0,
                tocsin("evaluate", "--labels", labels, corpus.resolve("stratus").toString()));
        assertTrue(out.toString().contains("recall "), out.toString());
    }
}
