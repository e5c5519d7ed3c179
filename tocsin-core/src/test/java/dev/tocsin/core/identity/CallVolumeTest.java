package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallVolumeTest {

    private static final CBORFactory CBOR = new CBORFactory();
    private static final long DAY = 86_400;
    private static final long NOON = 20_000 * DAY + DAY / 2;

    private static CallVolume daily(int days, int calls) {
        CallVolume volume = new CallVolume();
        for (int day = 0; day < days; day++) {
            volume.add(NOON + day * DAY, calls);
        }
        return volume;
    }

    private static CallVolume saved(CallVolume volume) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            volume.write(out);
        }
        try (JsonParser in = CBOR.createParser(bytes.toByteArray())) {
            in.nextToken();
            return CallVolume.read(in);
        }
    }

    @Test
    void theLastDayIsNoHistory() throws IOException {
        CallVolume volume = saved(daily(10, 100));
        assertEquals(100, volume.pastDay());
        assertEquals(new CallVolume.History(8, 100, 100, 0), volume.history(), "but today and yesterday");
        volume.add(NOON + 9 * DAY + 23 * 3_600, 50);
        assertEquals(150, volume.pastDay(), "an hour short of a day later");
        volume.add(NOON + 10 * DAY, 7);
        assertEquals(57, volume.pastDay(), "a day later");
    }

    @Test
    void whatLedToAFindingIsNoHistory() throws IOException {
        CallVolume volume = daily(10, 100);
        volume.add(NOON + 10 * DAY, 10_000);
        volume.dispute();
        CallVolume later = saved(volume);
        later.add(NOON + 13 * DAY, 100);
        assertEquals(100, later.history().most());
        assertEquals(10, later.history().days());
    }

    @Test
    void amonthAgoIsForgotten() {
        CallVolume volume = daily(10, 100);
        volume.add(NOON + 60 * DAY, 1);
        assertEquals(new CallVolume.History(0, 0, 0, 0), volume.history());
        assertEquals(1, volume.pastDay());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # calls of a day where usual are              | mean | variance | calls | from | to
            as many as always                             | 100  | 100      | 100   | 0    | 0
            fewer                                         | 100  | 100      | 3     | 0    | 0
            a half more, of steady ones                   | 100  | 100      | 150   | 5    | 10
            three times, of steady ones                   | 100  | 100      | 301   | 60   | 100
            three times, where days differ much           | 100  | 20000    | 301   | 0    | 3
            thirty times, where days differ much          | 100  | 20000    | 3000  | 16   | 40
            """)
    void bitsGrowWithCallsAndShrinkWithVariance(
            String name, double mean, double variance, long calls, double from, double to) {
        double bits = VolumeTail.bits(calls, mean, variance);
        assertTrue(bits >= from && bits <= to, name + ": " + bits);
    }
}
