package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence below the thresholds, over days. */
final class SlowlyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            two days at half a bit short            | 1:0.5 2:0.5                | false
            three days at half a bit short          | 1:0.5 2:0.5 3:0.5          | true
            three days, but spread over nine        | 1:0.5 5:0.5 9:0.5          | false
            many days, each two bits short          | 1:2 2:2 3:2 4:2 5:2        | false
            a week, each one and a half short       | 1:1.5 2:1.5 3:1.5 4:1.5 5:1.5 6:1.5 7:1.5 | false
            many days, each one and a half short    | 1:1.5 2:1.5 3:1.5 4:1.5 5:1.5 6:1.5 7:1.5 8:1.5 9:1.5 10:1.5 | true
            a day counts once, by its strongest     | 1:0.5 1:0.5 1:0.5 2:0.5    | false
            what is three bits short counts nothing | 1:3 2:3 3:3 4:3 5:3 6:3    | false
            one day alone                           | 1:0.1                      | false
            """)
    void daysAddUp(String name, String steps, boolean speaks) {
        Slowly slowly = new Slowly();
        boolean spoke = false;
        for (String step : steps.split(" ", -1)) {
            String[] parts = step.split(":", -1);
            spoke = slowly.add(Long.parseLong(parts[0]), Double.parseDouble(parts[1]), "iam.amazonaws.com", "X");
        }
        assertEquals(speaks, spoke);
    }

    @ParameterizedTest
    @CsvSource({"14", "15"})
    void oldDaysGo(long later) {
        Slowly slowly = new Slowly();
        slowly.add(0, 0.5, "iam.amazonaws.com", "CreateUser");
        assertFalse(slowly.add(later, 0.5, "iam.amazonaws.com", "CreateUser"));
        assertEquals(later > Slowly.DAYS ? 1 : 2, slowly.days().size());
    }
}
