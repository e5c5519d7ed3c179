package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z, 1772366400",
        "2026-03-01T12:00:00.123Z, 1772366400",
        "2026-03-01 12:00:00, 1772366400",
        "2026-03-01T14:00:00+02:00, 1772366400",
        "2026-03-01T10:30:00-0130, 1772366400",
        "1772366400, 1772366400",
        "1772366400.5, 1772366400",
        "1772366400123, 1772366400",
        "0, 0"
    })
    void readsATime(String text, long seconds) {
        assertEquals(seconds, EventTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-03-01",
                "2026-13-01T12:00:00Z",
                "2026-02-29T12:00:00Z",
                "2026-03-01T12:00:00+99:00",
                "1.5e31",
                "20201.5e31T12:00:00Z",
                "1772366400.x",
                "-5",
                "1234567890123456"
            })
    void refusesWhatIsNone(String text) {
        assertEquals(EventTime.NONE, EventTime.parse(text));
    }
}
