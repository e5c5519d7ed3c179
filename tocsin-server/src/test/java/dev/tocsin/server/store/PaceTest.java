package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PaceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what the last ones took               | written | ms each | then at once
            as long as they should                  |   60    |    60   |   60
            twice as long: half of it, in the end   |   60    |   120   |   30
            far too long: never less than the least |   60    |  9000   |   10
            a moment: more, to the most             |   60    |     1   |  250
            too little to tell                      |    9    |  9000   |   60
            """)
    void learns(String name, int written, long millis, int then) {
        Pace pace = new Pace(10, 60, 250);
        for (int i = 0; i < 5; i++) {
            pace.took(written, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertEquals(then, pace.atOnce());
    }
}
