package dev.tocsin.input.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which objects are cut by day, and where. */
final class ObjectDaysTest {

    private static final long MIDNIGHT = 1_772_409_600;
    private static final long HOUR = 3_600;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # what the object holds                        | first hour | hours | records an hour | hours of one stray | parts
        nothing                                        |     0      |   0   |       0         |                    |   1
        one hour                                       |     0      |   1   |      10         |                    |   1
        a whole day                                    |     0      |  24   |      10         |                    |   1
        a minute on either side of midnight            |    -1      |   1   |       1         |         0          |   2
        two days                                       |     0      |  48   |      10         |                    |   2
        a month, less a twentieth at either end         |     0      |  744  |       2         |                    |  29
        a year: eleven days make one part              |     0      | 8760  |       1         |                    |  30
        an hour, one record three days ahead           |     0      |   1   |      50         |        72          |   1
        an hour, one record of last year               |     0      |   1   |      50         |     -8760          |   1
        """)
    void cuts(String name, int first, int hours, int perHour, Integer stray, int parts) {
        ObjectDays days = new ObjectDays();
        for (int i = first; i < first + hours; i++) {
            for (int j = 0; j < perHour; j++) {
                days.add(MIDNIGHT + i * HOUR + j);
            }
        }
        if (stray != null) {
            days.add(MIDNIGHT + stray * HOUR);
        }
        List<ObjectDays.Part> cut = days.parts(1_800, MIDNIGHT);
        assertEquals(parts, cut.size());
        assertTrue(cut.getFirst().first() && cut.getLast().last());
        for (int i = 1; i < cut.size(); i++) {
            assertEquals(cut.get(i - 1).until(), cut.get(i).from(), "each record is of one part");
        }
    }

    @Test
    void whatIsWithinTheLatenessIsNotCutAtMidnight() {
        ObjectDays days = new ObjectDays();
        days.add(MIDNIGHT - 600);
        days.add(MIDNIGHT + 1_200);
        assertEquals(1, days.parts(1_800, MIDNIGHT).size());
        assertEquals(2, days.parts(1_799, MIDNIGHT).size());
    }

    @Test
    void tellsSoManyDaysApartAndNoMore() {
        ObjectDays days = new ObjectDays();
        for (int i = 0; i < 3 * ObjectDays.MOST_DAYS; i++) {
            days.add(MIDNIGHT + 24 * HOUR * ((i * 7_919L) % (3 * ObjectDays.MOST_DAYS)));
        }
        assertTrue(days.parts(1_800, MIDNIGHT).size() <= ObjectDays.MOST_PARTS);
    }
}
