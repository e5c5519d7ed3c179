package dev.tocsin.core.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Indicator.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What matches, and what beats what. */
final class IntelligenceTest {

    private static final long AT = 1_790_000_000L;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        # what is asked                          | listed                   | name                                  | matches
        the name itself                          | c2.threat.example        | c2.threat.example                     | true
        a name below                             | c2.threat.example        | x.c2.threat.example                   | true
        far below                                | c2.threat.example        | a.b.c.d.c2.threat.example             | true
        a name that ends in the same letters     | c2.threat.example        | notc2.threat.example                  | false
        the parent                               | c2.threat.example        | threat.example                        | false
        another name                             | c2.threat.example        | example.org                           | false
        a search suffix of the VPC               | c2.threat.example        | c2.threat.example.ec2.internal        | false
        even if someone lists internal           | internal                 | host.ec2.internal                     | false
        the Region's own suffix                  | internal                 | ip-10-0-0-1.eu-west-1.compute.internal| false
        another name below internal              | internal                 | db.corp.internal                      | true
        a look-alike of the suffix               | internal                 | host.myec2.internal                   | true
        a reverse look-up                        | arpa                     | 99.100.51.198.in-addr.arpa            | false
        a reverse look-up of IPv6                | arpa                     | 1.0.0.0.ip6.arpa                      | false
        a single label                           | printer                  | printer                               | false
        the empty name                           | c2.threat.example        | ''                                    | false
        an empty label                           | c2.threat.example        | ..c2.threat.example                   | true
        """)
    void matchesNames(String what, String listed, String name, boolean matches) {
        Intelligence intelligence =
                IntelFixture.of(IndicatorList.Kind.INTEL, 0, Indicator.of(listed, Kind.DOMAIN, 0, Category.C2));
        assertEquals(matches, intelligence.domain(name, AT) != null, what);
    }

    @Test
    void tellsHowFreshACategoryIs() {
        long day = 24 * 60 * 60;
        Intelligence dated =
                IntelFixture.of(IndicatorList.Kind.INTEL, AT, Indicator.of("198.51.100.7", Kind.IP, 0, Category.C2));
        assertEquals(Map.of(Category.C2, new Freshness(AT, AT + 30 * day)), dated.categories());
        Intelligence undated =
                IntelFixture.of(IndicatorList.Kind.INTEL, 0, Indicator.of("198.51.100.7", Kind.IP, 0, Category.C2));
        assertEquals(Map.of(Category.C2, new Freshness(0, Long.MIN_VALUE)), undated.categories());
        Intelligence own = IntelFixture.of(
                IndicatorList.Kind.OPERATOR_THREAT, 0, Indicator.of("198.51.100.7", Kind.IP, 0, Category.CUSTOM));
        assertEquals(Map.of(Category.CUSTOM, new Freshness(0, Long.MAX_VALUE)), own.categories());
        Intelligence trusted = IntelFixture.of(
                IndicatorList.Kind.OPERATOR_TRUSTED, AT, Indicator.of("198.51.100.7", Kind.IP, 0, Category.CUSTOM));
        assertEquals(Map.of(), trusted.categories(), "what is trusted makes no type speak");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "198.51.100.0, 198.51.100.0/24, true",
        "198.51.100.255, 198.51.100.0/24, true",
        "198.51.101.0, 198.51.100.0/24, false",
        "198.51.99.255, 198.51.100.0/24, false",
        "198.51.100.7, 198.51.100.7/32, true",
        "11.1.2.3, 11.0.0.0/8, true",
        "12.0.0.0, 11.0.0.0/8, false",
        "2001:db8::1, 2001:db8::/32, true",
        "2001:db9::1, 2001:db8::/32, false",
        "2001:db8::ff, 2001:db8::80/121, true",
        "2001:db8::7f, 2001:db8::80/121, false",
        "198.51.100.7, ::/0, true",
        "::1, 0.0.0.0/0, false",
    })
    void matchesNetworks(String address, String network, boolean matches) {
        Intelligence intelligence =
                IntelFixture.of(IndicatorList.Kind.INTEL, 0, Indicator.of(network, Kind.CIDR, 0, Category.C2));
        assertEquals(matches, intelligence.address(Address.parse(address), 0, AT) != null);
    }

    @Test
    void trustedBeatsThreat() {
        Intelligence.Builder builder = new Intelligence.Builder();
        IntelFixture.add(
                builder,
                IndicatorList.Kind.OPERATOR_THREAT,
                0,
                Indicator.of("198.51.100.99", Kind.IP, 0, Category.CUSTOM),
                Indicator.of("bad.example", Kind.DOMAIN, 0, Category.CUSTOM));
        IntelFixture.add(
                builder,
                IndicatorList.Kind.OPERATOR_TRUSTED,
                0,
                Indicator.of("198.51.100.0/24", Kind.CIDR, 0, Category.CUSTOM),
                Indicator.of("ok.bad.example", Kind.DOMAIN, 0, Category.CUSTOM));
        Intelligence intelligence = builder.build();
        Address listed = Address.parse("198.51.100.99");
        Match match = intelligence.address(listed, 0, AT);
        assertTrue(match.trusted());
        assertFalse(match.fires());
        assertEquals("on a trusted list", match.reason());
        assertTrue(intelligence.isTrusted(listed.high(), listed.low(), 443));
        Address onlyTrusted = Address.parse("198.51.100.1");
        assertNull(intelligence.address(onlyTrusted, 0, AT));
        assertTrue(intelligence.isTrusted(onlyTrusted.high(), onlyTrusted.low(), 0));
        assertFalse(intelligence.domain("a.ok.bad.example", AT).fires());
        assertTrue(intelligence.isTrusted("a.ok.bad.example"));
        assertTrue(intelligence.domain("a.bad.example", AT).fires());
    }

    @Test
    void givesAllEntriesOfAValueTheWeightiestFirst() {
        Intelligence.Builder builder = new Intelligence.Builder();
        IntelFixture.add(
                builder,
                IndicatorList.Kind.INTEL,
                0,
                Indicator.of("198.51.100.0/24", Kind.CIDR, 0, Category.SCANNER),
                Indicator.of("198.51.100.7", Kind.IP, 8080, Category.C2).named("other-port"),
                Indicator.of("198.51.100.7", Kind.IP, 443, Category.C2).named("one"),
                Indicator.of("198.51.100.7", Kind.IP, 443, Category.C2).named("two"),
                Indicator.of("198.51.100.7", Kind.IP, 443, Category.C2).named("two"));
        IntelFixture.add(
                builder,
                IndicatorList.Kind.OPERATOR_THREAT,
                0,
                Indicator.of("198.51.0.0/16", Kind.CIDR, 0, Category.CUSTOM));
        Intelligence intelligence = builder.build();
        assertEquals(5, intelligence.size());
        Match match = intelligence.address(Address.parse("198.51.100.7"), 443, AT);
        List<String> found = match.hits().stream()
                .map(hit -> hit.indicator().value() + ' ' + hit.indicator().family() + ' ' + hit.verdict())
                .toList();
        assertEquals(
                List.of(
                        "198.51.0.0/16 null FIRES",
                        "198.51.100.7 one FIRES",
                        "198.51.100.7 two FIRES",
                        "198.51.100.0/24 null UNDATED",
                        "198.51.100.7 other-port OTHER_PORT"),
                found);
        assertNotNull(match.firing(IndicatorList.Kind.OPERATOR_THREAT));
        assertEquals("one", match.firing(Category.C2).indicator().family());
        assertNull(match.firing(Category.TOR));
    }

    @Test
    void keepsWhatTheListSays() {
        Indicator entry = new Indicator(
                "bad.example",
                Kind.DOMAIN,
                8443,
                "Emotet",
                Category.C2,
                "ref",
                Set.of(Caution.SINKHOLE),
                5,
                4_000_000_000L,
                75);
        Intelligence intelligence = IntelFixture.of(IndicatorList.Kind.INTEL, 0, entry);
        Hit hit = intelligence.domain("bad.example", AT).best();
        assertEquals(entry, hit.indicator());
        assertEquals("blackhole", hit.evidence().category());
        assertEquals("intel", hit.evidence().list());
    }

    @Test
    void repeatedEntriesWidenTheirTimes() {
        Indicator entry = Indicator.of("bad.example", Kind.DOMAIN, 0, Category.C2);
        Intelligence intelligence =
                IntelFixture.of(IndicatorList.Kind.INTEL, 0, entry.seen(0, 20), entry.seen(7, 30), entry.seen(9, 10));
        assertEquals(1, intelligence.size());
        assertEquals(
                entry.seen(7, 30), intelligence.domain("bad.example", AT).best().indicator());
    }

    @Test
    void aListThatIsNotCommittedDoesNotCount() {
        Intelligence.Builder builder = new Intelligence.Builder();
        builder.begin().add(Indicator.of("198.51.100.7", Kind.IP, 0, Category.C2));
        Intelligence intelligence = builder.build();
        assertNull(intelligence.address(Address.parse("198.51.100.7"), 0, AT));
        assertEquals(List.of(), intelligence.lists());
    }

    @Test
    void findsKeysAndHashes() {
        Intelligence intelligence = IntelFixture.of(
                IndicatorList.Kind.INTEL,
                0,
                Indicator.of("AKIAIOSFODNN7EXAMPLE", Kind.ACCESS_KEY, 0, Category.COMPROMISED_KEY),
                Indicator.of("ab".repeat(32), Kind.SHA256, 0, Category.MALWARE));
        assertTrue(intelligence.accessKey("AKIAIOSFODNN7EXAMPLE").fires());
        assertNull(intelligence.accessKey("AKIAIOSFODNN7EXAMPLF"));
        assertTrue(intelligence.sha256("ab".repeat(32)).fires());
        assertNull(intelligence.domain("AKIAIOSFODNN7EXAMPLE", AT));
    }

    @Test
    void oneValueCannotFillTheTables() {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        Section.Outcome last = Section.Outcome.NEW;
        for (int port = 1; port <= Section.MOST_FOR_ONE_VALUE + 1; port++) {
            last = section.add(Indicator.of("198.51.100.7", Kind.IP, port, Category.C2));
        }
        assertEquals(Section.Outcome.TOO_MANY, last);
        section.commit(new IndicatorList("x", IndicatorList.Kind.INTEL, 0, 0, ""));
        Match match = builder.build().address(Address.parse("198.51.100.7"), 2048, AT);
        assertEquals(Match.MAX_HITS, match.hits().size());
        assertTrue(match.fires());
    }

    @Test
    void emptyHoldsNothing() {
        assertNull(Intelligence.EMPTY.domain("bad.example", AT));
        assertNull(Intelligence.EMPTY.address(Address.parse("198.51.100.7"), 0, AT));
    }
}
