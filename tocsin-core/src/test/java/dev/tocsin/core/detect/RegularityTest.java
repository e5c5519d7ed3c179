package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegularityTest {

    private static Regularity of(String values) {
        Regularity regularity = new Regularity();
        Stream.of(values.split(" ", -1)).map(Long::parseLong).forEach(regularity::add);
        return regularity;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                   | values                        | score | median
            always the same          | 60 60 60 60 60 60             | 1.00  | 62
            two values, one rare     | 60 60 60 60 60 3600           | 1.00  | 62
            even spread by a third   | 600 700 800 900 1000 1100 1200 | 0.90 | 932
            from seconds to hours    | 1 10 100 1000 10000 100000     | 0.05 | 108
            """)
    void scores(String name, String values, double score, long median) {
        Regularity regularity = of(values);
        assertEquals(score, regularity.score(), 0.1);
        assertEquals((double) median, regularity.median(), median * 0.1);
    }

    @Test
    void isTheSameOnceReadAgain() {
        Regularity regularity = of("3 5 8 13 21 34");
        assertEquals(regularity.score(), Regularity.of(regularity.toState()).score());
        assertEquals(0, Regularity.of(null).score());
        assertEquals(List.of(), new Regularity().toState());
    }

    @Test
    void whatSpreadsOverThreeOctavesIsNone() {
        Regularity regularity = new Regularity();
        for (long value = 100; value < 2_000; value += 5) {
            regularity.add(value);
        }
        assertTrue(regularity.isSpread());
    }
}
