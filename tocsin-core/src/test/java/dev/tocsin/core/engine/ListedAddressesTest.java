package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Listed;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Section;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedAddressesTest {

    private static final long AT = 1_772_366_400;
    private static final long DAY = 86_400;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what is asked                       | kind             | port | asked | days old | fires
            a fresh entry                         | INTEL            | 0    | 443   | 1        | c2
            an old one                            | INTEL            | 0    | 443   | 31       | none
            an old one with a port                | INTEL            | 443  | 443   | 31       | c2
            another port                          | INTEL            | 443  | 80    | 1        | none
            a port that the log does not know     | INTEL            | 0    | -1    | 1        | c2
            an old one of the operator's          | OPERATOR_THREAT  | 0    | 443   | 3000     | c2
            """)
    void givesWhatFires(String name, IndicatorList.Kind kind, int port, int asked, long days, String fires) {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        section.add(Indicator.of("198.51.100.99", Indicator.Kind.IP, port, Category.C2)
                .seen(0, AT - days * DAY));
        section.commit(new IndicatorList("list", kind, 0, 0, "1"));
        Address address = Address.parse("198.51.100.99");
        List<Listed> found = new ListedAddresses(builder.build()).firing(address.high(), address.low(), asked, AT);
        assertEquals(
                fires == null ? List.of() : List.of(fires),
                found.stream().map(Listed::category).toList());
        found.forEach(entry -> assertEquals(kind == IndicatorList.Kind.OPERATOR_THREAT, entry.own()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.2.7", "192.168.0.1", "172.16.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "fd00::1"
            })
    void nothingFiresAgainstAPrivateAddress(String text) {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        section.add(Indicator.of(text, Indicator.Kind.IP, 0, Category.CUSTOM));
        section.commit(new IndicatorList("list", IndicatorList.Kind.OPERATOR_THREAT, 0, 0, "1"));
        Address address = Address.parse(text);
        assertEquals(List.of(), new ListedAddresses(builder.build()).firing(address.high(), address.low(), 443, AT));
    }
}
