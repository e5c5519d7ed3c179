package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One command from files in to findings and ledger out. */
final class AnalyzeCommandTest extends CommandFixture {

    @Test
    void findsWhatOneRecordProves() throws IOException {
        object("a.json.gz", KALI);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertTrue(out.toString().contains("\"type\":\"PenTest:IAMUser/KaliLinux\""), out.toString());
        assertTrue(out.toString().contains("\"eventID\":\"e-1\""), "evidence names the record");
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void saysWhatItCutsByDay() throws IOException {
        String later = KALI.replace("2026-03-01", "2026-03-03").replace("e-1", "e-2");
        object("export.json.gz", KALI, later);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertTrue(err.toString().contains("Cut by day, as their records span more than"), err.toString());
        assertTrue(err.toString().contains("1 objects, first " + folder.resolve("export.json.gz")), err.toString());
        assertTrue(out.toString().contains("\"count\":2"), "one finding of both days: " + out);
    }

    @Test
    void countsOneCallDeliveredTwiceOnce() throws IOException {
        object("a.json.gz", KALI);
        object("b.json.gz", KALI);
        Path ledger = folder.resolveSibling("ledger.json");
        assertEquals(0, tocsin("analyze", "--ledger", ledger.toString(), "--format", "jsonl", folder.toString()));
        assertTrue(out.toString().contains("\"count\":1"), out.toString());
        assertTrue(Files.readString(ledger).contains("\"totals\":{\"accepted\":2,\"duplicates\":1,"), "ledger");
    }

    @Test
    void keepsAForgedCopyBesideTheTrueRecord() throws IOException {
        object("a.json.gz", KALI.replace("alice", "mallory"));
        object("b.json.gz", KALI);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void takesAnAccountWhoseLogsItReadsForOnesOwn() throws IOException {
        String trust = call("CreateRole", 5, "e-1")
                .replace("cloudtrail.amazonaws.com", "iam.amazonaws.com")
                .replace(
                        "{\"name\":\"main\"}",
                        "{\"roleName\":\"r\",\"assumeRolePolicyDocument\":\"{\\\"Statement\\\":[{\\\"Effect\\\":"
                                + "\\\"Allow\\\",\\\"Principal\\\":{\\\"AWS\\\":\\\"444455556666\\\"},"
                                + "\\\"Action\\\":\\\"sts:AssumeRole\\\"}]}\"}");
        object("a.json.gz", trust);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertTrue(out.toString().contains("RoleTrustOpened"), "a stranger's account: " + out);
        out.getBuffer().setLength(0);
        Files.createDirectories(folder.resolve("AWSLogs/444455556666/CloudTrail/us-east-1/2026/03/01"));
        object(
                "AWSLogs/444455556666/CloudTrail/us-east-1/2026/03/01/"
                        + "444455556666_CloudTrail_us-east-1_20260301T1210Z_abcdefgh12345678.json.gz",
                KALI.replace("111122223333", "444455556666").replace("e-1", "e-2"));
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertFalse(out.toString().contains("RoleTrustOpened"), out.toString());
        assertTrue(out.toString().contains("PenTest:IAMUser/KaliLinux"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void findsTheSameOnAnyNumberOfThreads(int threads) throws IOException {
        for (int i = 0; i < 50; i++) {
            object(i + ".json.gz", KALI.replace("e-1", "e-" + i).replace("alice", "user" + i % 7));
        }
        tocsin("analyze", "--format", "jsonl", "--threads", "1", folder.toString());
        String one = out.toString();
        out.getBuffer().setLength(0);
        tocsin("analyze", "--format", "jsonl", "--threads", String.valueOf(threads), folder.toString());
        assertEquals(one, out.toString());
    }

    @Test
    void showsOnlyWhatAnEnabledRegionsDetectorWould() throws IOException {
        object("a.json.gz", KALI);
        tocsin("analyze", "--format", "jsonl", "--enabled-regions", "eu-west-1", folder.toString());
        assertEquals("", out.toString());
        tocsin("analyze", "--format", "jsonl", "--enabled-regions", "eu-west-1,us-east-1", folder.toString());
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void takesInventoryFilesAndRefusesWhatIsNone() throws IOException {
        object("a.json.gz", KALI);
        Path good = folder.resolveSibling("inventory.json");
        Files.writeString(
                good, "{\"Reservations\":[{\"OwnerId\":\"111122223333\",\"Instances\":[{\"InstanceId\":\"i-1\"}]}]}");
        assertEquals(0, tocsin("analyze", "--inventory", good.toString(), folder.toString()), err.toString());
        Path none = folder.resolveSibling("none.json");
        Files.writeString(none, "{\"Buckets\":[{\"Name\":\"b\"}]}");
        assertEquals(2, tocsin("analyze", "--inventory", none.toString(), folder.toString()));
        assertTrue(err.toString().contains("no describe answer in it"), err.toString());
        Files.writeString(none, "{\"Reservations\":[{");
        assertEquals(2, tocsin("analyze", "--inventory", none.toString(), folder.toString()));
    }

    @Test
    void tellsTheExitCodes() throws IOException {
        object("a.json.gz", KALI);
        assertEquals(1, tocsin("analyze", "--fail-on", "low", folder.toString()));
        assertEquals(0, tocsin("analyze", "--fail-on", "high", folder.toString()));
        assertEquals(2, tocsin("analyze", "--fail-on", "loud", folder.toString()));
        assertEquals(2, tocsin("analyze", folder.resolve("nowhere").toString()));
        Files.writeString(folder.resolve("broken.json"), "{\"Records\":[" + KALI + ",{\"eventVer");
        assertEquals(3, tocsin("analyze", folder.toString()));
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.getLast().contains("broken.json"), lines.getLast());
    }

    @Test
    void endsJsonLinesWithTheCoverageIfAsked() throws IOException {
        object("a.json.gz", KALI);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", "--coverage", folder.toString()));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getLast().startsWith("{\"tocsin\":{\"coverage\":[{\"type\":"), lines.getLast());
    }

    @Test
    void neverSaysNoFindingsWithoutTheCoverage() throws IOException {
        object("a.json.gz", call("DescribeTrails", 5, "e-1"));
        assertEquals(0, tocsin("analyze", "--format", "table", folder.toString()));
        assertTrue(out.toString().startsWith("No findings.\n\nCoverage: "), out.toString());
    }

    @Test
    void drawsABarOnlyWhenAsked() throws IOException {
        object("a.json.gz", KALI);
        tocsin("analyze", "--progress", "never", folder.toString());
        assertEquals(
                "1 objects, 1 records, 1 findings.",
                err.toString().lines().toList().getLast());
        err.getBuffer().setLength(0);
        tocsin("analyze", "--progress", "always", "--quiet", folder.toString());
        assertTrue(err.toString().contains("0/1 objects") || err.toString().contains("1/1 objects"), err.toString());
    }

    @Test
    void goesOnFromTheStateOfTheLastRun() throws IOException {
        object("a.json.gz", KALI);
        String state = folder.resolveSibling(folder.getFileName() + "-state").toString();
        assertEquals(0, tocsin("analyze", "--state", state, "--format", "jsonl", folder.toString()));
        assertEquals(1, out.toString().lines().count());
        assertEquals(0, tocsin("analyze", "--state", state, "--format", "jsonl", folder.toString()));
        assertEquals(1, out.toString().lines().count(), "nothing new");
        assertEquals(0, tocsin("analyze", "--state", state, "--all", "--format", "jsonl", folder.toString()));
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void refusesAStateThatIsNone() throws IOException {
        object("a.json.gz", KALI);
        Path state = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-state"));
        Files.writeString(state.resolve("tocsin.db"), "this is no database, although it lies where one should lie");
        assertEquals(2, tocsin("analyze", "--state", state.toString(), folder.toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith(state + ": the state cannot be read"), err.toString());
    }

    @Test
    void draftsFiltersForWhatIsLoud() throws IOException {
        object("a.json.gz", KALI);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", "--noise", "--coverage", folder.toString()));
        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("{\"tocsin\":{\"noise\":[{\"cause\":"), lines.get(1));
        assertTrue(lines.get(2).startsWith("{\"tocsin\":{\"coverage\":["), "coverage stays the last line");
    }
}
