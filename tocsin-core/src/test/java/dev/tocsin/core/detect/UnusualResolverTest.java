package dev.tocsin.core.detect;

import static dev.tocsin.core.detect.HabitFixture.DAY;
import static dev.tocsin.core.detect.HabitFixture.at;
import static dev.tocsin.core.detect.HabitFixture.both;
import static dev.tocsin.core.detect.HabitFixture.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.FindingType;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualResolverTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens on the fifteenth day | flows                         | DNS | DoH | DoT
            queries to a public resolver        | 40000 53 udp c4 9.9.9.9       | 1   | 0   | 0
            over TCP too                        | 40000 53 c4 9.9.9.9           | 1   | 0   | 0
            two are somebody's test             | 40000 53 udp c2 9.9.9.9       | 0   | 0   | 0
            a resolver of one's own             | 40000 53 udp c9 10.0.0.2      | 0   | 0   | 0
            a name server of somebody           | 40000 53 udp c9 198.51.100.53 | 0   | 0   | 0
            used like a resolver                | 40000 53 udp c40 198.51.100.53| 1   | 0   | 0
            some of many that are asked         | 40000 53 udp c40 x8 198.51.100.1 | 0 | 0  | 0
            one that walks the tree             | 40000 53 udp x8 9.9.9.1       | 0   | 0   | 0
            DNS over HTTPS                      | 40000 443 c4 1.1.1.1          | 0   | 1   | 0
            over QUIC too                       | 40000 443 udp c4 1.1.1.1      | 0   | 1   | 0
            two connections                     | 40000 443 c2 1.1.1.1          | 0   | 0   | 0
            any other web server                | 40000 443 c9 198.51.100.1     | 0   | 0   | 0
            a resolver that has no HTTPS        | 40000 443 c4 4.2.2.1          | 0   | 0   | 0
            DNS over TLS                        | 40000 853 c4 9.9.9.9          | 0   | 0   | 1
            by its port alone                   | 40000 853 c4 198.51.100.53    | 0   | 0   | 1
            inside the network                  | 40000 853 c4 10.0.0.2         | 0   | 0   | 0
            """)
    void tells(String name, String flows, int dns, int doh, int dot) {
        String script = days(15) + at(14 * DAY + 3600, both(flows));
        assertEquals(dns, HabitFixture.mature(UnusualResolver.DNS_TYPE, script), "DNS");
        assertEquals(doh, HabitFixture.mature(UnusualResolver.DOH_TYPE, script), "DoH");
        assertEquals(dot, HabitFixture.mature(UnusualResolver.DOT_TYPE, script), "DoT");
    }

    @Test
    void itsOtherAddressIsTheSameHabit() {
        FindingType type = UnusualResolver.DNS_TYPE;
        String standing = days(15) + at(DAY, both("40000 53 udp c4 8.8.4.4"));
        assertEquals(0, HabitFixture.mature(type, standing + ";" + at(14 * DAY, both("40000 53 udp c9 8.8.8.8"))));
        assertEquals(1, HabitFixture.mature(type, standing + ";" + at(14 * DAY, both("40000 53 udp c9 9.9.9.9"))));
    }

    @Test
    void knowsPublicResolvers() {
        assertTrue(PublicResolvers.KNOWN.size() > 200);
        assertEquals("Google", PublicResolvers.KNOWN.operator(address("2001:4860:4860::8888")));
        assertTrue(PublicResolvers.KNOWN.servesHttps(address("9.9.9.9")));
    }

    private static Address address(String text) {
        return Objects.requireNonNull(Address.parse(text));
    }
}
