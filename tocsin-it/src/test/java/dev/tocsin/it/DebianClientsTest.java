package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS CLI and boto3 as Debian has them; skipped where they are not installed, which {@code ./test} does if it may. */
final class DebianClientsTest {

    private static final Path CLI = Path.of("/usr/bin/aws");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path BOTO3 = Path.of("/usr/lib/python3/dist-packages/boto3");

    @TempDir
    Path folder;

    @Test
    void boto3() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(BOTO3), "no boto3 here (Debian: apt-get install python3-boto3)");
        try (RunningService service = RunningService.in(folder)) {
            Command.run(
                    Path.of("clients", "python"),
                    List.of(PYTHON.toString(), "-B", "test_boto3.py"),
                    service.environment("us-east-1"));
        }
    }

    @Test
    void everyOperationByBoto3() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(BOTO3), "no boto3 here (Debian: apt-get install python3-boto3)");
        everyOperation("boto3");
    }

    @Test
    void everyOperationByTheCommandLine() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CLI), "no AWS CLI here (Debian: apt-get install awscli)");
        assumeTrue(Files.isDirectory(BOTO3), "no boto3 here (Debian: apt-get install python3-boto3)");
        everyOperation("cli");
    }

    private void everyOperation(String client) throws IOException, InterruptedException {
        try (RunningService service = RunningService.ofTwoAccounts(folder)) {
            Map<String, String> environment = new HashMap<>(service.environment("us-east-1"));
            environment.put("TOCSIN_CLIENT", client);
            environment.put("TOCSIN_AWS_CLI", CLI.toString());
            Command.run(
                    Path.of("clients", "python"),
                    List.of(PYTHON.toString(), "-B", "test_every_operation.py"),
                    environment);
        }
    }

    @Test
    void commandLine() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CLI), "no AWS CLI here (Debian: apt-get install awscli)");
        try (RunningService service = RunningService.in(folder)) {
            Map<String, String> environment = service.environment("eu-central-1");
            String detector = aws(service, environment, "create-detector", "--enable")
                    .path("DetectorId")
                    .asText();
            assertEquals(
                    detector,
                    aws(service, environment, "list-detectors")
                            .path("DetectorIds")
                            .path(0)
                            .asText());
            aws(service, environment, "create-sample-findings", "--detector-id", detector);
            JsonNode ids = aws(service, environment, "list-findings", "--detector-id", detector)
                    .path("FindingIds");
            assertTrue(ids.size() > 20, ids::toString);
            JsonNode finding = aws(
                            service,
                            environment,
                            "get-findings",
                            "--detector-id",
                            detector,
                            "--finding-ids",
                            ids.path(0).asText())
                    .path("Findings")
                    .path(0);
            assertTrue(finding.path("Title").asText().startsWith("[SAMPLE] "), finding::toString);
            assertEquals("eu-central-1", finding.path("Region").asText());
            aws(service, environment, "delete-detector", "--detector-id", detector);
        }
    }

    private static JsonNode aws(RunningService service, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(CLI.toString(), "--endpoint-url", service.endpoint(), "--output", "json", "guardduty"));
        command.addAll(List.of(arguments));
        String answer = Command.run(Path.of("."), command, environment);
        return new ObjectMapper().readTree(answer.isBlank() ? "{}" : answer);
    }
}
