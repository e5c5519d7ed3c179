package dev.tocsin.core.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Indicator.Kind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an entry fires, and why not. */
final class AgeingTest {

    private static final long DAY = 86_400;
    private static final long AT = 1_790_000_000L;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # what is listed                            | value             | port | seconds ago | caution    | category | list             | verdict
        an address no one dated                     | 198.51.100.7      |   0  |             |            | c2       | INTEL            | UNDATED
        the same on the operator's own list         | 198.51.100.7      |   0  |             |            | c2       | OPERATOR_THREAT  | FIRES
        a network no one dated                      | 198.51.100.0/24   |   0  |             |            | c2       | INTEL            | UNDATED
        an address 30 days old                      | 198.51.100.7      |   0  |     2592000 |            | c2       | INTEL            | FIRES
        an address a second older                   | 198.51.100.7      |   0  |     2592001 |            | c2       | INTEL            | OLD
        the same on the operator's own list         | 198.51.100.7      |   0  |     2592001 |            | c2       | OPERATOR_THREAT  | FIRES
        last seen after the event                   | 198.51.100.7      |   0  |      -86400 |            | c2       | INTEL            | FIRES
        address and port no one dated               | 198.51.100.7      | 443  |             |            | c2       | INTEL            | FIRES
        address and port 180 days old               | 198.51.100.7      | 443  |    15552000 |            | c2       | INTEL            | FIRES
        address and port a second older             | 198.51.100.7      | 443  |    15552001 |            | c2       | INTEL            | OLD
        an address listed with another port         | 198.51.100.7      | 8443 |           0 |            | c2       | INTEL            | OTHER_PORT
        a name no one dated                         | bad.example       |   0  |             |            | c2       | INTEL            | FIRES
        a name 365 days old                         | bad.example       |   0  |    31536000 |            | c2       | INTEL            | FIRES
        a name a second older                       | bad.example       |   0  |    31536001 |            | c2       | INTEL            | OLD
        a popular name                              | bad.example       |   0  |           0 | popular    | c2       | INTEL            | CAUTION
        an address in a cloud                       | 198.51.100.7      | 443  |           0 | cloud      | c2       | INTEL            | CAUTION
        an address of a delivery network            | 198.51.100.7      | 443  |           0 | cdn        | c2       | INTEL            | CAUTION
        a public resolver                           | 198.51.100.7      | 443  |           0 | public-dns | c2       | INTEL            | CAUTION
        the operator knows the cloud                | 198.51.100.7      |   0  |           0 | cloud      | c2       | OPERATOR_THREAT  | FIRES
        VPN ranges are information only             | 198.51.100.7      | 443  |           0 | vpn        | c2       | INTEL            | FIRES
        a sinkhole is a black hole and fires        | bad.example       |   0  |           0 | sinkhole   | c2       | INTEL            | FIRES
        a parked name explains only                 | bad.example       |   0  |           0 |            | parking  | INTEL            | CONTEXT
        """)
    void tells(
            String what,
            String value,
            int port,
            Long ago,
            String caution,
            String category,
            String list,
            String verdict) {
        Kind kind = value.endsWith("example") ? Kind.DOMAIN : value.contains("/") ? Kind.CIDR : Kind.IP;
        Indicator entry = Indicator.of(value, kind, port, Category.of(category))
                .with(caution == null ? Set.of() : Set.of(Caution.of(caution)))
                .seen(0, ago == null ? 0 : AT - ago);
        Intelligence intelligence = IntelFixture.of(IndicatorList.Kind.valueOf(list), 0, entry);
        Match match = kind == Kind.DOMAIN
                ? intelligence.domain("www.bad.example", AT)
                : intelligence.address(Address.parse("198.51.100.7"), 443, AT);
        assertEquals(Verdict.valueOf(verdict), match.best().verdict(), what);
        assertEquals(match.fires(), match.reason() == null, what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # what the list says of itself                 | days ago | verdict
        a list of today dates its entries              |     0    | FIRES
        a list of 30 days ago                          |    30    | FIRES
        a list of 31 days ago                          |    31    | OLD
        """)
    void takesTheListsDate(String what, long days, String verdict) {
        Indicator entry = Indicator.of("198.51.100.7", Kind.IP, 0, Category.C2);
        Intelligence intelligence = IntelFixture.of(IndicatorList.Kind.INTEL, AT - days * DAY, entry);
        Match match = intelligence.address(Address.parse("198.51.100.7"), 443, AT);
        assertEquals(Verdict.valueOf(verdict), match.best().verdict(), what);
    }
}
