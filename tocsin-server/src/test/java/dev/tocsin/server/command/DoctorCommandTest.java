package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DoctorCommandTest extends CommandFixture {

    private String doctor() {
        assertEquals(0, tocsin("doctor", folder.toString()));
        return out.toString();
    }

    @Test
    void saysWhatEachObjectIs() throws IOException {
        object("a.json.gz", STOP_LOGGING, call("DescribeTrails", 9, "e-2"));
        String said = doctor();
        assertTrue(
                said.contains(
                        "cloudtrail   gzip, JSON                    accepted          2  2026-03-01 12:05 to 2026-03-01 12:09"),
                said);
        assertTrue(said.contains("accounts     1: 111122223333"), said);
        assertTrue(said.contains("no gaps in time"), said);
        assertTrue(said.contains("ready   Stealth:IAMUser/CloudTrailLoggingDisabled"), said);
    }

    @Test
    void doesNotAnalyse() throws IOException {
        object("a.json.gz", STOP_LOGGING);
        assertFalse(doctor().contains("was disabled"));
    }

    @Test
    void namesGapsInTime() throws IOException {
        object("a.json.gz", STOP_LOGGING);
        object(
                "b.json.gz",
                STOP_LOGGING.replace("2026-03-01T12:05", "2026-03-02T00:05").replace("e-1", "e-2"));
        assertTrue(doctor().contains("no gaps in time"), "twelve hours are no gap");
        object(
                "b.json.gz",
                STOP_LOGGING.replace("2026-03-01T12:05", "2026-03-02T00:06").replace("e-1", "e-2"));
        assertTrue(
                doctor().contains("gap          cloudtrail 111122223333 us-east-1: nothing from 2026-03-01 12:05"),
                out.toString());
    }

    @Test
    void namesFlowFieldsAndPacking() throws IOException {
        Files.writeString(
                folder.resolve("flow.log"), "version account-id interface-id srcaddr dstaddr start end log-status\n");
        Files.write(folder.resolve("x.parquet"), new byte[] {'P', 'A', 'R', '1', 0, 0});
        String said = doctor();
        assertTrue(said.contains("flow fields  8: account-id, dstaddr, end,"), said);
        assertTrue(said.contains("Parquet"), said);
        assertTrue(said.contains("silent  Stealth:IAMUser/CloudTrailLoggingDisabled"), said);
        assertTrue(said.contains("give the trail's AWSLogs/ACCOUNT/CloudTrail folder"), said);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Records":[]}                                                          | JSON
            [{"eventVersion":"1.08"}]                                               | JSON list
            {"a":1};{"a":2}                                                         | JSON lines
            {"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[]}            | CloudWatch subscription
            {"Type":"Notification","TopicArn":"arn","Message":"{}"}                 | SNS message
            {"Records":[{"messageId":"1","receiptHandle":"r","body":"{}"}]}         | SQS message
            {"Records":[{"kinesis":{"partitionKey":"1","data":""}}]}                | Kinesis records
            {"requestId":"1","timestamp":1,"records":[{"data":""}]}                 | Firehose request
            {"version":"0","detail-type":"AWS API Call via CloudTrail","detail":{}} | EventBridge event
            """)
    void saysHowAnObjectIsWrapped(String content, String wrapping) throws IOException {
        Files.writeString(folder.resolve("x"), content.replace(';', '\n'));
        assertTrue(doctor().lines().anyMatch(line -> line.contains(" " + wrapping + "  ")), out.toString());
    }

    @Test
    void saysWhatIsTooOldToBeFetched() throws IOException {
        Files.createDirectories(folder.resolve("2026/01/05"));
        Files.writeString(folder.resolve("2026/01/05/x.json"), "{}");
        assertEquals(0, tocsin("doctor", "--since", "2026-03-01", folder.toString()));
        assertTrue(
                out.toString().contains("1 objects or folders not fetched: the date in its key is before 2026-01-25"),
                out.toString());
    }
}
