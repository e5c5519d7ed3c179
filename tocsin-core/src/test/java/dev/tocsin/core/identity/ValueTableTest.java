package dev.tocsin.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ValueTableTest {

    private static final CBORFactory CBOR = new CBORFactory();

    private static byte[] written(ValueTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            table.write(out);
        }
        return bytes.toByteArray();
    }

    @Test
    void countsDaysBeforeTheOneAsked() {
        ValueTable table = new ValueTable();
        for (long day : new long[] {100, 101, 101, 103}) {
            table.mark(Feature.API, 7, day);
        }
        table.mark(Feature.API, 8, 103);
        table.mark(Feature.NETWORK, 7, 102);
        assertEquals(0, table.daysBefore(Feature.API, 7, 100));
        assertEquals(2, table.daysBefore(Feature.API, 7, 103));
        assertEquals(3, table.daysBefore(Feature.API, 7, 104));
        assertEquals(0, table.daysBefore(Feature.REGION, 7, 104));
        assertEquals(new ValueTable.Counts(2, 1, 0, 1), table.counts(Feature.API, 103));
        assertEquals(new ValueTable.Counts(4, 2, 1, 0), table.counts(Feature.API, 104));
        assertEquals(4, table.activeBefore(104));
        assertTrue(table.isMarked(Feature.API, 7, 101));
        assertFalse(table.isMarked(Feature.API, 7, 102));
    }

    @Test
    void forgetsAfterThirtyTwoDays() {
        ValueTable table = new ValueTable();
        table.mark(Feature.API, 7, 100);
        table.mark(Feature.API, 8, 131);
        assertEquals(1, table.daysBefore(Feature.API, 7, 131));
        table.mark(Feature.API, 8, 132);
        assertFalse(table.knows(Feature.API, 7));
        table.mark(Feature.API, 9, 50);
        assertFalse(table.knows(Feature.API, 9), "a day too long ago");
        table.mark(Feature.API, 8, 1_000);
        assertEquals(0, table.activeBefore(1_000));
    }

    @Test
    void isTheSameWhateverTheOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<long[]> marks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            marks.add(new long[] {random.nextInt(40), 200 + random.nextInt(2)});
        }
        ValueTable one = new ValueTable();
        marks.forEach(mark -> one.mark(Feature.API, mark[0], mark[1]));
        Collections.shuffle(marks, random);
        ValueTable other = new ValueTable();
        marks.forEach(mark -> other.mark(Feature.API, mark[0], mark[1]));
        assertTrue(Arrays.equals(written(one), written(other)), "seed " + seed);
        try (JsonParser in = CBOR.createParser(written(one))) {
            in.nextToken();
            assertTrue(Arrays.equals(written(one), written(ValueTable.read(in))), "seed " + seed);
        }
    }

    @Test
    void isBounded() throws IOException {
        ValueTable table = new ValueTable();
        for (int day = 0; day < 3; day++) {
            table.mark(Feature.API, 1, 300 + day);
        }
        for (long value = 0; value < 10_000; value++) {
            table.mark(Feature.API, 1_000 + value, 303);
        }
        assertTrue(table.counts(Feature.API, 304).values() <= ValueTable.MOST_VALUES);
        assertEquals(3, table.daysBefore(Feature.API, 1, 303), "a habit outlives a flood");
        assertTrue(written(table).length < 8 * 1024);
    }

    @Test
    void daysOfAMonthAreThirty() {
        ValueTable table = new ValueTable();
        table.mark(Feature.API, 7, 100);
        assertEquals(1, table.daysBefore(Feature.API, 7, 130, 30));
        assertEquals(0, table.daysBefore(Feature.API, 7, 131, 30), "31 days ago");
        table.mark(Feature.API, 8, 129);
        table.mark(Feature.API, 8, 130);
        List<String> shown = new ArrayList<>();
        table.forEach(
                Feature.API,
                130,
                30,
                (print, days) -> shown.add((print == ValueTable.print(Feature.API, 8)) + " " + days));
        Collections.sort(shown);
        assertEquals(List.of("false 1", "true 1"), shown);
    }

    @Test
    void tellsWhatItLetsGo() {
        List<Long> gone = new ArrayList<>();
        ValueTable table = new ValueTable(14, gone::add);
        for (int value = 0; value < 14; value++) {
            table.mark(Feature.API, value, 100);
        }
        table.mark(Feature.API, 3, 101);
        table.mark(Feature.API, 14, 101);
        assertEquals(1, gone.size(), "the table was full");
        assertTrue(table.knows(Feature.API, 3) && table.knows(Feature.API, 14));
        table.mark(Feature.API, 15, 133);
        assertEquals(15, gone.size(), "all that nobody used for a month");
        assertEquals(15, gone.stream().distinct().count());
    }
}
