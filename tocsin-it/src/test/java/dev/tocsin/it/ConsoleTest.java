package dev.tocsin.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console in a real browser, over what is found in samples/. */
final class ConsoleTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"config.test.mjs", "console.test.mjs", "newcomer.test.mjs"})
    void aBrowserIsLedThroughIt(String pages) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed (Debian: apt-get install chromium)");
        try (RunningService service = RunningService.overSamples(folder)) {
            NodeProject.BROWSER.test(pages, environment(service));
        }
    }

    /** An analyst's pages, over samples/ as they come and sample findings of all types; what is explained is read again. */
    @Test
    void anAnalystIsLedThroughIt() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed (Debian: apt-get install chromium)");
        try (RunningService service = RunningService.watching(folder, Path.of("../samples/AWSLogs"))) {
            NodeProject.BROWSER.test("analyst.test.mjs", environment(service));
        }
    }

    /** {@code -Dtocsin.many=100000 -Dtocsin.manyMillis=300 -Dtocsin.openMillis=1500} for what docs/console.md says, on a machine that does nothing else. */
    @Test
    void theFirstRowsOfManyFindingsAreThereAtOnce() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CHROMIUM), "Chromium is not installed (Debian: apt-get install chromium)");
        try (RunningService service = RunningService.in(folder)) {
            Map<String, String> environment = environment(service);
            environment.put("TOCSIN_MANY", System.getProperty("tocsin.many", "2000"));
            environment.put("TOCSIN_MANY_MILLIS", System.getProperty("tocsin.manyMillis", "3000"));
            environment.put("TOCSIN_OPEN_MILLIS", System.getProperty("tocsin.openMillis", "10000"));
            System.out.println(NodeProject.BROWSER.test("many.test.mjs", environment));
        }
    }

    private static Map<String, String> environment(RunningService service) throws IOException {
        Map<String, String> environment = new HashMap<>(service.environment("eu-central-1"));
        environment.put("TOCSIN_CHROMIUM", CHROMIUM.toString());
        return environment;
    }
}
