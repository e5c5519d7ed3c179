package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActivityTest {

    private static final long START = 1_772_400_000;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            as many bins as have room  | 64  | 600   | 64
            one more                   | 65  | 1200  | 33
            a week                     | 672 | 9600  | 63
            """)
    void widensAsItLasts(String name, int signals, long width, int bins) {
        Activity activity = new Activity();
        for (int i = 0; i < signals; i++) {
            activity.add(START + i * (signals > 100 ? 900L : 600L), 1);
        }
        Doc shown = activity.toDoc();
        assertEquals(width, shown.number("binSeconds", 0));
        assertEquals(bins, ((List<?>) shown.get("bins")).size());
    }

    @Test
    void isTheSameWhateverTheOrderAndInParts() {
        long seed = 7;
        List<Long> times = new ArrayList<>();
        new Random(seed).longs(400, START, START + 900_000).forEach(times::add);
        Activity ordered = new Activity();
        times.stream().sorted().forEach(at -> ordered.add(at, at % 5));
        Collections.shuffle(times, new Random(seed));
        Activity one = new Activity();
        Activity other = new Activity();
        times.forEach(at -> (at % 3 == 0 ? one : other).add(at, at % 5));
        Activity read = new Activity();
        read.restore(other.toState());
        one.addAll(read);
        assertEquals(ordered.toDoc(), one.toDoc(), "seed " + seed);
    }
}
