package dev.tocsin.server.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A folder of logs and the command line over it. */
abstract class CommandFixture {

    /** Alice stops the trail. */
    static final String STOP_LOGGING = """
            {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE",\
            "arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},\
            "eventTime":"2026-03-01T12:05:00Z","eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging",\
            "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",\
            "requestParameters":{"name":"main"},"eventID":"e-1","eventType":"AwsApiCall",\
            "recipientAccountId":"111122223333"}""";

    /** Alice's call from a tester's computer: one finding and no more. */
    static final String KALI = STOP_LOGGING
            .replace("StopLogging", "DescribeTrails")
            .replace("\"aws-cli\"", "\"aws-cli/2.9.19 Linux/6.6.9-kali1-amd64\"");

    /** Around the folder of logs: what tests put beside it goes with it. */
    @TempDir
    Path around;

    Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(around.resolve("logs"));
    }

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** Runs {@code tocsin arguments}. */
    int tocsin(String... arguments) {
        CommandLine commandLine = TocsinCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    /** Writes a gzipped CloudTrail object. */
    void object(String name, String... records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("{\"Records\":[" + String.join(",", records) + "]}").getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    /** Alice's call at minute {@code minute} of the hour, under another id and name. */
    static String call(String action, int minute, String eventId) {
        return STOP_LOGGING
                .replace("StopLogging", action)
                .replace("12:05", "12:%02d".formatted(minute))
                .replace("e-1", eventId);
    }
}
