package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.server.ledger.LedgerRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AlarmsTest {

    private static final long HOUR = 3_600;
    private static final long MINUTE_MILLIS = 60_000;
    private static final String FLOWS = "s3://b/AWSLogs/111122223333/vpcflowlogs/us-east-1/2026/03/01/"
            + "111122223333_vpcflowlogs_us-east-1_fl-0123456789abcdef0_20260301T";

    private final Alarms alarms = new Alarms();

    private List<String> texts() {
        return alarms.open().stream().map(Alarms.Alarm::text).toList();
    }

    private static LedgerRow flows(String name, long first, long last) {
        LedgerRow row = new LedgerRow(FLOWS + name + "Z_x.log.gz");
        row.read("vpcflow", "accepted", 1, 0, 0, 100, null);
        row.span(first, last);
        return row;
    }

    @Test
    void aSourceThatFallsSilentIsAnAlarmUntilItSpeaks() {
        Silence silence = new Silence(alarms, Map.of("trail", 60 * MINUTE_MILLIS));
        silence.heard("trail", false, 0);
        silence.heard("trail", true, MINUTE_MILLIS);
        silence.heard("trail", false, 61 * MINUTE_MILLIS - 1);
        assertEquals(List.of(), texts());
        silence.heard("trail", false, 61 * MINUTE_MILLIS);
        silence.heard("trail", false, 62 * MINUTE_MILLIS);
        assertEquals(List.of("silent: nothing has come for 60 minutes; is it still written to?"), texts());
        assertEquals(Map.of("trail", Map.of("silent", 1L)), alarms.counts());
        silence.heard("trail", true, 63 * MINUTE_MILLIS);
        assertEquals(List.of(), texts());
    }

    @Test
    void silenceIsNoAlarmWhereNobodyAsksForIt() {
        Silence silence = new Silence(alarms, Map.of("trail", 0L));
        silence.heard("trail", false, 0);
        silence.heard("trail", false, 1_000 * MINUTE_MILLIS);
        assertEquals(List.of(), texts());
    }

    @Test
    void aGapIsToldOnceNothingOlderIsAwaited() {
        LogGaps gaps = new LogGaps(alarms);
        gaps.add("flows", flows("0000", 0, 600));
        gaps.add("flows", flows("0110", 600 + HOUR + 1, 600 + HOUR + 600));
        gaps.confirm(600 + HOUR, 0);
        assertEquals(List.of(), texts());
        gaps.confirm(600 + HOUR + 1, 0);
        assertEquals(
                List.of("gap: no records of vpcflow of account 111122223333 in us-east-1 between"
                        + " 1970-01-01T00:10:00.000Z and 1970-01-01T01:10:01.000Z"),
                texts());
    }

    @Test
    void whatComesOutOfOrderFillsAGap() {
        LogGaps gaps = new LogGaps(alarms);
        gaps.add("flows", flows("0000", 0, 600));
        gaps.add("flows", flows("0200", 2 * HOUR, 2 * HOUR + 600));
        gaps.add("flows", flows("0100", HOUR, HOUR + 600));
        gaps.confirm(3 * HOUR, 0);
        assertEquals(List.of(), texts());
    }

    @Test
    void anHourOfSilenceIsNoGap() {
        LogGaps gaps = new LogGaps(alarms);
        gaps.add("flows", flows("0000", 0, 600));
        gaps.add("flows", flows("0110", 600 + HOUR, 600 + HOUR + 600));
        gaps.confirm(3 * HOUR, 0);
        assertEquals(List.of(), texts());
    }
}
