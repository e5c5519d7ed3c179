package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualPlacesTest {

    /** 203.0.113.N lies in country N, every address in one network of four countries. */
    private static Doc place(Address address) {
        String text = address.toString();
        int number = Integer.parseInt(text.substring(text.lastIndexOf('.') + 1));
        return new Doc()
                .with("country", new Doc().with("countryName", "country " + number))
                .with("organization", new Doc().with("asn", String.valueOf(number / 4)));
    }

    private static final EngineServices SERVICES =
            new EngineServices(UnusualPlacesTest::place, () -> Intelligence.EMPTY);

    private static String call(int country, int day) {
        String rest = " 203.0.113." + country + " +" + day * 86_400;
        return "out 40000 443 S" + rest + "; in 40000 443 SA" + rest;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is called             | from day 0 on | by     | then on day | country | place
            a new country                | 1,2           | answer | 14          | 3       | country 3
            too early                    | 1,2           | answer | 13          | 3       | none
            a country known              | 1,2           | answer | 14          | 2       | none
            one of many countries        | 0,1,2,3       | answer | 14          | 4       | network 1
            of many, in a known network  | 0,1,2,3,4     | answer | 14          | 5       | none
            nothing answers              | 1,2           | none   | 14          | 3       | none
            """)
    void tells(String name, String before, String by, int day, int country, String place) {
        String known = List.of(before.split(",", -1)).stream()
                .flatMap(number -> IntStream.of(0, 5, 10).mapToObj(on -> call(Integer.parseInt(number), on)))
                .collect(Collectors.joining(";"));
        String last = call(country, day);
        String then = by.equals("none") ? last.substring(0, last.indexOf(';')) : last;
        List<String> found = FlowFixture.signals(SERVICES, new TestLists(), known + ";" + then).stream()
                .filter(signal -> signal.type().equals(UnusualPlaces.TYPE))
                .map(signal -> String.valueOf(signal.facts().get("place")))
                .toList();
        assertEquals(place.equals("none") ? List.of() : List.of(place), found);
    }
}
