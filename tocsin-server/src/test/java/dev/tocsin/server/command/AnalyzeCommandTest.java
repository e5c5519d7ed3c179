package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** One command from files in to findings and ledger out. */
final class AnalyzeCommandTest {

    private static final String STOP_LOGGING = """
            {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE",\
            "arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},\
            "eventTime":"2026-03-01T12:05:00Z","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging",\
            "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",\
            "requestParameters":{"name":"main"},"eventID":"e-1","eventType":"AwsApiCall",\
            "recipientAccountId":"111122223333"}""";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int tocsin(String... arguments) {
        CommandLine commandLine = TocsinCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private void object(String name, String... records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("{\"Records\":[" + String.join(",", records) + "]}").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void findsWhatOneRecordProves() throws IOException {
        object("a.json.gz", STOP_LOGGING);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertTrue(out.toString().contains("\"type\":\"Stealth:IAMUser/CloudTrailLoggingDisabled\""), out.toString());
        assertTrue(out.toString().contains("\"eventID\":\"e-1\""), "evidence names the record");
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void countsOneCallDeliveredTwiceOnce() throws IOException {
        object("a.json.gz", STOP_LOGGING);
        object("b.json.gz", STOP_LOGGING);
        Path ledger = folder.resolveSibling("ledger.json");
        assertEquals(0, tocsin("analyze", "--ledger", ledger.toString(), "--format", "jsonl", folder.toString()));
        assertTrue(out.toString().contains("\"count\":1"), out.toString());
        assertTrue(Files.readString(ledger).contains("\"totals\":{\"accepted\":2,\"duplicates\":1,"), "ledger");
    }

    @Test
    void keepsAForgedCopyBesideTheTrueRecord() throws IOException {
        object("a.json.gz", STOP_LOGGING.replace("alice", "mallory"));
        object("b.json.gz", STOP_LOGGING);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()));
        assertEquals(2, out.toString().lines().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void findsTheSameOnAnyNumberOfThreads(int threads) throws IOException {
        for (int i = 0; i < 50; i++) {
            object(i + ".json.gz", STOP_LOGGING.replace("e-1", "e-" + i).replace("alice", "user" + i % 7));
        }
        tocsin("analyze", "--format", "jsonl", "--threads", "1", folder.toString());
        String one = out.toString();
        out.getBuffer().setLength(0);
        tocsin("analyze", "--format", "jsonl", "--threads", String.valueOf(threads), folder.toString());
        assertEquals(one, out.toString());
    }

    @Test
    void tellsTheExitCodes() throws IOException {
        object("a.json.gz", STOP_LOGGING);
        assertEquals(1, tocsin("analyze", "--fail-on", "low", folder.toString()));
        assertEquals(0, tocsin("analyze", "--fail-on", "medium", folder.toString()));
        assertEquals(2, tocsin("analyze", "--fail-on", "loud", folder.toString()));
        assertEquals(2, tocsin("analyze", folder.resolve("nowhere").toString()));
        Files.writeString(folder.resolve("broken.json"), "{\"Records\":[" + STOP_LOGGING + ",{\"eventVer");
        assertEquals(3, tocsin("analyze", folder.toString()));
        List<String> lines = err.toString().lines().toList();
        assertTrue(lines.getLast().contains("broken.json"), lines.getLast());
    }

    @Test
    void goesOnFromTheStateOfTheLastRun() throws IOException {
        object("a.json.gz", STOP_LOGGING);
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
        object("a.json.gz", STOP_LOGGING);
        Path state = Files.createDirectory(folder.resolveSibling(folder.getFileName() + "-state"));
        Files.writeString(state.resolve("tocsin.db"), "this is no database, although it lies where one should lie");
        assertEquals(2, tocsin("analyze", "--state", state.toString(), folder.toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith(state + ": the state cannot be read"), err.toString());
    }
}
