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
