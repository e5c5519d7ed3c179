package dev.tocsin.server.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StarvationTest {

    private static final long HOUR = 3_600_000;
    private static final long WEEK = 168 * HOUR;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Alarms alarms = new Alarms(alarm -> told.add(alarm.kind().wire()));

    /** Brings {@code records} in the hour that begins at {@code at}, the service running since the hour before. */
    private static void hour(Starvation starvation, long records, long at) throws StoreException {
        starvation.brought("flow", 0, at - HOUR + 1);
        starvation.brought("flow", 0, at);
        starvation.brought("flow", records, at + HOUR);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                          | weeks before           | now   | alarms
            a tenth is enough               | 10000 10000 10000      | 1000  | 0
            less than a tenth               | 10000 10000 10000      | 999   | 1
            nothing at all                  | 10000 10000 10000      | 0     | 1
            one week is too little          | 10000                  | 0     | 0
            two weeks will do               | 10000 10000            | 0     | 1
            too few to be judged            | 999 999 999            | 0     | 0
            just enough to be judged        | 1000 1000 1000         | 99    | 1
            one week with a flood           | 10000 10000 900000     | 2000  | 0
            one week that was starved       | 10000 0 10000 10000    | 0     | 1
            it is usually so by now         | 90000 0 0 0            | 0     | 0
            what lies five weeks back       | 90000 100 100 100 100  | 100   | 0
            """)
    void tells(String what, String weeks, long now, int raised) throws StoreException {
        try (Store store = Store.open(folder)) {
            long at = 1_000 * WEEK;
            for (String week : weeks.split(" ", -1)) {
                hour(new Starvation(store, alarms), Long.parseLong(week), at);
                at += WEEK;
            }
            told.clear();
            hour(new Starvation(store, alarms), now, at);
            assertEquals(raised, alarms.open().size(), () -> alarms.open().toString());
            assertEquals(raised, told.size(), "and it is told");
        }
    }

    @Test
    void anotherHourOfTheWeekIsAnotherMatter() throws StoreException {
        try (Store store = Store.open(folder)) {
            for (int week = 0; week < 3; week++) {
                hour(new Starvation(store, alarms), 10_000, week * WEEK + 10 * HOUR);
            }
            hour(new Starvation(store, alarms), 0, 3 * WEEK + 11 * HOUR);
            assertEquals(List.of(), alarms.open());
            hour(new Starvation(store, alarms), 0, 3 * WEEK + 10 * HOUR);
            assertEquals(1, alarms.open().size());
            hour(new Starvation(store, alarms), 9_000, 4 * WEEK + 10 * HOUR);
            assertEquals(List.of(), alarms.open(), "it ends once it comes again");
        }
    }

    @Test
    void anHourThatWasNotSeenWholeIsNotJudged() throws StoreException {
        try (Store store = Store.open(folder)) {
            for (int week = 0; week < 3; week++) {
                hour(new Starvation(store, alarms), 10_000, week * WEEK);
            }
            Starvation late = new Starvation(store, alarms);
            late.brought("flow", 0, 3 * WEEK + 1);
            late.brought("flow", 5, 3 * WEEK + HOUR);
            assertEquals(List.of(), alarms.open(), "the service was started within it");
            Starvation asleep = new Starvation(store, alarms);
            asleep.brought("flow", 0, 4 * WEEK - HOUR + 1);
            asleep.brought("flow", 0, 4 * WEEK);
            asleep.brought("flow", 5, 4 * WEEK + 2 * HOUR);
            assertEquals(List.of(), alarms.open(), "the machine slept");
        }
    }
}
