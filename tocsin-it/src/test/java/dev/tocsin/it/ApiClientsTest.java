package dev.tocsin.it;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service, called by official clients in the scenarios of {@code clients}. */
final class ApiClientsTest {

    @TempDir
    Path folder;

    @Test
    void javaScriptOverAnEmptyStore() throws IOException, InterruptedException {
        try (RunningService service = RunningService.in(folder)) {
            NodeProject.GUARDDUTY.test("detectors.test.mjs", service.environment("us-east-1"));
            NodeProject.GUARDDUTY.test("lists.test.mjs", service.environment("us-east-1"));
            NodeProject.GUARDDUTY.test("others.test.mjs", service.environment("us-east-1"));
        }
    }

    @Test
    void javaScriptOverTheSamples() throws IOException, InterruptedException {
        // Each deletes its detector in the end, and so all findings.
        try (RunningService service = RunningService.overSamples(folder.resolve("findings"))) {
            NodeProject.GUARDDUTY.test("findings.test.mjs", service.environment("eu-central-1"));
        }
        try (RunningService service = RunningService.overSamples(folder.resolve("filters"))) {
            NodeProject.GUARDDUTY.test("filters.test.mjs", service.environment("eu-central-1"));
        }
    }

    @Test
    void javaScriptOfTwoAccounts() throws IOException, InterruptedException {
        try (RunningService service = RunningService.ofTwoAccounts(folder)) {
            NodeProject.GUARDDUTY.test("members.test.mjs", service.environment("us-east-1"));
        }
    }
}
