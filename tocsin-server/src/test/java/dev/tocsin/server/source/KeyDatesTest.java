package dev.tocsin.server.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys are too old, with 2 March 2026, noon, as bound: what was delivered before 1 March, noon, is left out. */
final class KeyDatesTest {

    private final KeyDates dates = new KeyDates(from("2026-03-02T12:00:00Z"));

    private static Span from(String time) {
        long at = Instant.parse(time).getEpochSecond();
        return new Span(at, at, Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # key                                                                                     | wanted
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260302T1100Z_a.json.gz | true
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260302T1055Z_a.json.gz | false
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/no-time.json.gz                                  | true
            AWSLogs/1/CloudTrail/us-east-1/2026/02/28/no-time.json.gz                                  | false
            flow/year=2026/month=02/day=28/hour=23/x.parquet                                           | false
            flow/year=2026/month=03/day=01/hour=00/x.parquet                                           | true
            2025/12/31/x                                                                               | false
            export.json                                                                                | true
            exports/2026/01/05/AWSLogs/1/CloudTrail/us-east-1/2026/03/02/x                                | true
            exports/2026/07/01/AWSLogs/1/CloudTrail/us-east-1/2026/01/05/x                                | true
            numbers/2026/99/99/x                                                                       | true
            """)
    void knowsObjects(String key, boolean wanted) {
        assertEquals(wanted, dates.passesOver(key) == null);
    }

    @ParameterizedTest
    @CsvSource({
        "logs/2025/, false",
        "logs/2026/, true",
        "logs/2026/02/, false",
        "logs/2026/03/, true",
        "logs/2026/13/, true",
        "logs/2026/02/28/, false",
        "logs/2026/03/01/, true",
        "logs/year=2025/, false",
        "logs/1999/, true",
        "logs/us-east-1/, true"
    })
    void knowsFolders(String prefix, boolean wanted) {
        assertEquals(wanted, dates.wantsFolder(prefix));
    }

    @Test
    void withoutABoundWantsEverything() {
        KeyDates all = new KeyDates(Span.ALL);
        assertNull(all.passesOver("logs/1999/01/01/x"));
        assertTrue(all.wantsFolder("logs/1999/"));
    }

    @Test
    void theEndBoundsOnlyNamesWithATimeThatAwsWrote() {
        KeyDates dates = new KeyDates(new Span(
                Long.MIN_VALUE,
                Long.MIN_VALUE,
                Instant.parse("2026-03-02T12:00:00Z").getEpochSecond()));
        String name = "1/2026/03/04/111122223333_CloudTrail_us-east-1_20260304T%s_a.json.gz";
        assertNull(dates.passesOver(name.formatted("1200Z")), "late, as after an outage");
        assertEquals(
                "not fetched: the time in its name is over two days after 2026-03-02T12:00:00.000Z",
                dates.passesOver(name.formatted("1201Z")));
        assertNull(dates.passesOver("export/2026/07/01/x"));
    }

    @Test
    void tellsADaysFolder() {
        assertTrue(KeyDates.isDay("logs/2026/03/01/"));
        assertTrue(KeyDates.isDay("logs/2026/03/01/07/"));
        assertEquals(false, KeyDates.isDay("logs/2026/03/"));
    }
}
