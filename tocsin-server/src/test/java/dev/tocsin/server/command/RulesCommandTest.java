package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named rules from the command line: listed, shown, and turned on by {@code --rules}. */
final class RulesCommandTest extends CommandFixture {

    private static final String SHARED = """
            {"Records":[{"eventVersion":"1.11","eventID":"e1","eventTime":"2026-03-01T12:00:00Z",\
            "eventSource":"ec2.amazonaws.com","eventName":"ModifyImageAttribute","awsRegion":"eu-central-1",\
            "sourceIPAddress":"203.0.113.10","userAgent":"x","recipientAccountId":"111122223333",\
            "userIdentity":{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::111122223333:user/alice",\
            "accountId":"111122223333","accessKeyId":"AKIA1","userName":"alice"},\
            "requestParameters":{"imageId":"ami-1","launchPermission":{"add":{"items":[{"userId":"999988887777"}]}}},\
            "eventCategory":"Management"}]}""";

    @ParameterizedTest(name = "--rules {0}")
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            nothing           | Exfiltration:IAMUser/DataSharedOutside
            own               | Exfiltration:IAMUser/DataSharedOutside
            none              | nothing
            library           | Exfiltration:EC2/TransferDataToCloudAccount
            # where the library's rule tells, ours leaves it to it
            all               | Exfiltration:EC2/TransferDataToCloudAccount
            own,library       | Exfiltration:EC2/TransferDataToCloudAccount
            AMIExternalAccess | Exfiltration:EC2/TransferDataToCloudAccount
            UserMade          | nothing
            """)
    void turnsRulesOn(String rules, String type) throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), SHARED);
        int exit = rules == null
                ? tocsin("analyze", "--quiet", "--format", "jsonl", log.toString())
                : tocsin("analyze", "--quiet", "--format", "jsonl", "--rules", rules, log.toString());
        assertEquals(0, exit, err::toString);
        List<String> types = out.toString().lines().map(RulesCommandTest::type).toList();
        assertEquals(type == null ? List.of() : List.of(type), types);
    }

    @Test
    void aLibrarysFindingIsToldAsASequence() throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), SHARED);
        tocsin("analyze", "--quiet", "--format", "jsonl", "--rules", "library", log.toString());
        Doc finding = Doc.parse(out.toString());
        assertEquals("AMIExternalAccess", finding.text("customDetectionRuleName"));
        assertEquals("AttackSequence", finding.part("resource").text("resourceType"));
        Doc sequence = finding.part("service").part("detection").part("sequence");
        Doc signal = (Doc) ((List<?>) sequence.get("signals")).getFirst();
        assertEquals("AMIExternalAccess", signal.text("name"));
        assertEquals("CLOUD_TRAIL", signal.text("type"));
        assertEquals(1_772_366_400L, signal.get("firstSeenAt"));
        assertTrue(finding.toJson().contains("T1537 - Transfer Data To Cloud Account"), finding::toJson);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AMIExternalAcces | AMIExternalAccess
            none,own         | none stands alone
            """)
    void refusesWhatIsNoRule(String rules, String told) throws IOException {
        Path log = Files.writeString(folder.resolve("log.json"), SHARED);
        assertEquals(2, tocsin("analyze", "--rules", rules, log.toString()));
        assertTrue(err.toString().contains(told), err::toString);
    }

    @Test
    void listsAndShows() {
        assertEquals(0, tocsin("rules"));
        assertTrue(out.toString().contains("VPCFlowLogsDeleted"), out::toString);
        assertEquals(0, tocsin("rules", "VPCFlowLogsDeleted"));
        assertTrue(out.toString().contains("eventName IN ('DeleteFlowLogs')"), out::toString);
        assertEquals(2, tocsin("rules", "VPCFlowLogDeleted"));
    }

    private static String type(String line) {
        try {
            return String.valueOf(Doc.parse(line).text("type"));
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}
