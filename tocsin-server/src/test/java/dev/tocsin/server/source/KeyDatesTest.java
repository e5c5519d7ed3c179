package dev.tocsin.server.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which keys are too old, with 2 March 2026, noon, as bound: what was delivered before 1 March, noon, is left out. */
final class KeyDatesTest {

    private final KeyDates dates =
            new KeyDates(Instant.parse("2026-03-02T12:00:00Z").getEpochSecond());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # key                                                                                     | wanted
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260301T1200Z_a.json.gz | true
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260301T1155Z_a.json.gz | false
            AWSLogs/1/CloudTrail/us-east-1/2026/03/01/no-time.json.gz                                  | true
            AWSLogs/1/CloudTrail/us-east-1/2026/02/28/no-time.json.gz                                  | false
            flow/year=2026/month=02/day=28/hour=23/x.parquet                                           | false
            flow/year=2026/month=03/day=01/hour=00/x.parquet                                           | true
            2025/12/31/x                                                                               | false
            export.json                                                                                | true
            numbers/2026/99/99/x                                                                       | true
            """)
    void knowsObjects(String key, boolean wanted) {
        assertEquals(wanted, dates.wants(key));
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
        KeyDates all = new KeyDates(Sources.ANY_TIME);
        assertTrue(all.wants("logs/1999/01/01/x"));
        assertTrue(all.wantsFolder("logs/1999/"));
    }

    @Test
    void tellsADaysFolder() {
        assertTrue(KeyDates.isDay("logs/2026/03/01/"));
        assertTrue(KeyDates.isDay("logs/2026/03/01/07/"));
        assertEquals(false, KeyDates.isDay("logs/2026/03/"));
    }
}
