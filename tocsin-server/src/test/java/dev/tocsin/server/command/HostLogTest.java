package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Host logs through the command line: what a finding says, what the ledger counts, and the ways in. */
final class HostLogTest extends CommandFixture {

    private static final String HEADER =
            "#tocsin-host {\"version\":1,\"accountId\":\"111122223333\",\"region\":\"eu-west-1\","
                    + "\"instanceId\":\"i-0123456789abcdef0\",\"tool\":\"tracee\",\"clusterName\":\"prod\"}\n";

    private static String event(String name, int pid, int parent, String path, String args) {
        return "{\"timestamp\":1796040002000000002,\"processId\":7,\"parentProcessId\":1,\"hostProcessId\":" + pid
                + ",\"hostParentProcessId\":" + parent
                + ",\"userId\":33,\"processName\":\"p\",\"executable\":{\"path\":\""
                + path + "\"},\"containerId\":\"4f2a4f2a4f2a\",\"container\":{\"name\":\"shop\",\"image\":\"shop:1\"},"
                + "\"kubernetes\":{\"podName\":\"shop-5d\",\"podNamespace\":\"shop\"},\"eventName\":\"" + name
                + "\",\"returnValue\":0,\"args\":[" + args + "]}\n";
    }

    private static final String LINES = event(
                    "sched_process_exec",
                    500,
                    1,
                    "/usr/sbin/nginx",
                    "{\"name\":\"pathname\",\"value\":\"/usr/sbin/nginx\"},{\"name\":\"argv\",\"value\":[\"nginx\"]}")
            + event(
                    "sched_process_exec",
                    501,
                    500,
                    "/usr/bin/id",
                    "{\"name\":\"pathname\",\"value\":\"/usr/bin/id\"},{\"name\":\"argv\",\"value\":[\"id\"]}");

    private void log(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String ledger(int exit, String... options) throws IOException {
        Path ledger = folder.resolveSibling("ledger.json");
        String[] arguments = new String[options.length + 6];
        System.arraycopy(
                new String[] {"analyze", "--format", "jsonl", "--ledger", ledger.toString()}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        arguments[arguments.length - 1] = folder.toString();
        assertEquals(exit, tocsin(arguments), err.toString());
        return Files.readString(ledger);
    }

    @Test
    void aFindingNamesProcessLineageContainerAndPod() throws IOException {
        log("host.log.gz", HEADER + LINES);
        String ledger = ledger(0);
        assertTrue(ledger.contains("\"kind\":\"runtime\"") && ledger.contains("\"accepted\":2"), ledger);
        Doc finding = Doc.parse(out.toString().strip());
        assertEquals("Discovery:Runtime/SuspiciousCommand", finding.text("type"));
        assertEquals("EKSCluster", finding.part("resource").text("resourceType"));
        assertEquals(
                "i-0123456789abcdef0",
                finding.part("resource").part("instanceDetails").text("instanceId"));
        assertEquals("prod", finding.part("resource").part("eksClusterDetails").text("name"));
        assertEquals("shop:1", finding.part("resource").part("containerDetails").text("image"));
        assertEquals("RuntimeMonitoring", finding.part("service").text("featureName"));
        Doc details = finding.part("service").part("runtimeDetails");
        assertEquals("/usr/bin/id", details.part("process").text("executablePath"));
        assertEquals(33, details.part("process").number("userId", -1));
        assertTrue(details.part("process").toJson().contains("\"lineage\":[{"), details.toJson());
        assertTrue(details.part("process").toJson().contains("/usr/sbin/nginx"), details.toJson());
        assertEquals("id", details.part("context").text("commandLineExample"));
    }

    @Test
    void withTheFeatureOffItIsIgnored() throws IOException {
        log("host.log.gz", HEADER + LINES);
        String ledger = ledger(0, "--disable", "RUNTIME_MONITORING");
        assertTrue(ledger.contains("ignored 2: feature RUNTIME_MONITORING off"), ledger);
        assertEquals("", out.toString());
    }

    @Test
    void theFolderNamesTheHostElseItIsRefusedWithTheWayOut() throws IOException {
        log("AWSLogs/111122223333/RuntimeLogs/eu-west-1/i-0123456789abcdef0/t.json.gz", LINES);
        assertTrue(ledger(0).contains("\"kind\":\"runtime\""));
        assertTrue(out.toString().contains("i-0123456789abcdef0"), out.toString());
        log("nameless.json.gz", LINES);
        assertTrue(ledger(3).contains("AWSLogs/ACCOUNT/RuntimeLogs/REGION/INSTANCE/"), "the way out");
    }

    @Test
    void doctorKnowsIt() throws IOException {
        log("host.log.gz", HEADER + LINES);
        assertEquals(0, tocsin("doctor", folder.toString()), err.toString());
        assertTrue(out.toString().contains("runtime"), out.toString());
    }
}
