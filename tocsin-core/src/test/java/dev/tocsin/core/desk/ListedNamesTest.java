package dev.tocsin.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.ListedName;
import dev.tocsin.core.detect.NameSignal;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListedNamesTest {

    private static final long HOUR = 3_600;

    /** Name {@code number} asked at {@code at}, listed as the kind of that number among {@code kinds}. */
    private static Signal asked(int number, int kinds, long at) {
        NameQuery query = new NameQuery(
                new Origin(LogObject.named("dns"), number),
                at,
                DeskFixture.ACCOUNT,
                "us-east-1",
                "vpc-1",
                "name" + number + ".example",
                "A",
                "NOERROR",
                List.of(),
                "10.0.0.5",
                40000,
                "UDP",
                "i-1",
                null,
                null,
                null,
                number);
        return NameSignal.of(ListedName.LISTED.get(number % kinds), query).build();
    }

    private static List<FindingState> heard(List<Signal> signals) {
        DeskFixture desk = new DeskFixture();
        signals.forEach(desk::hear);
        desk.finish();
        return desk.findings();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what a host asks for            | names | kinds | seconds apart | findings
            a tool that looks all lists up    | 20    | 6     | 600           | 1
            one name too few                  | 19    | 6     | 600           | 6
            one kind too few: malware         | 90    | 5     | 600           | 5
            the same name again and again     | 1     | 1     | 600           | 1
            a little every day                | 60    | 6     | 14400         | 6
            hundreds for days                 | 500   | 11    | 300           | 1
            """)
    void tells(String name, int names, int kinds, long apart, int findings) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            signals.add(asked(i, kinds, DeskFixture.NOON - 12 * HOUR + i * apart));
        }
        assertEquals(findings, heard(signals).size());
    }

    @Test
    void isTheSameWhateverTheOrderAndKeepsAllThatWasSaid() {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            signals.add(asked(i, 9, DeskFixture.NOON - 40 * HOUR + i * HOUR));
        }
        for (int i = 60; i < 80; i++) {
            signals.add(asked(i, 7, DeskFixture.NOON + i));
        }
        FindingState ordered = heard(signals).getFirst();
        long seed = 11;
        Collections.shuffle(signals, new Random(seed));
        List<FindingState> shuffled = heard(signals);
        assertEquals(1, shuffled.size());
        assertEquals(ordered.document().toJson(), shuffled.getFirst().document().toJson(), "seed " + seed);
        assertEquals(ListedName.MANY.name(), ordered.type());
        assertEquals(80, ordered.document().part("service").number("count", 0));
        assertEquals(8.0, ordered.severity(), "as its severest part");
        assertTrue(ordered.document().toJson().contains("Backdoor:EC2/C&CActivity.B!DNS"), "names its types");
    }
}
