package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameTunnelTest {

    private static final String TYPE = "Trojan:EC2/DNSDataExfiltration";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                             | queries                                                          | found
            a fast tunnel in TXT                       | 60 every 5 TXT {b32:24}.t.evil.com TXT {b32:30}                    | true
            too few names for a window or a day        | 40 every 5 TXT {b32:24}.t.evil.com TXT {b32:30}                    | false
            long names, one answer                     | 60 every 5 A {b32:60}.{b32:40}.evil.com A 192.0.2.1                | true
            long names, none exists                    | 60 every 5 A {hex:60}.{hex:40}.evil.com NX                         | true
            one that only fetches                      | 60 every 5 NULL {b32:8}.evil.com NULL {hex:90}                     | true
            a download in counted names                | 60 every 5 TXT {i}.s.evil.com TXT {b32:150}                        | true
            a slow one                                 | 200 every 240 TXT {i}.s.evil.com TXT {b32:150}                     | true
            shorter answers                            | 60 every 5 TXT {i}.s.evil.com TXT {b32:60}                         | false
            keys of a mail service's tenants           | 700 every 1 TXT s1._domainkey.t{i}.mails.com TXT {b32:300}         | false
            a slow tunnel                              | 200 every 240 TXT {b32:24}.{i}.evil.com TXT {b32:30}               | true
            a slow one, too few a day                  | 100 every 600 TXT {b32:24}.{i}.evil.com TXT {b32:30}               | false
            on a top-level domain of no registry       | 60 every 5 NULL {b32:8}.pirate.sea NULL {hex:90}                   | true
            hash look-ups that get few answers         | 700 every 1 TXT {hex:32}.{hex:8}.r1.avcloud.com TXT clean          | false
            the same for addresses                     | 700 every 1 A {hex:32}.{hex:8}.r1.avcloud.com A 127.0.0.1          | false
            hash look-ups of SHA-256                   | 700 every 1 A {hex:64}.r1.avcloud.com A 127.0.0.4                  | false
            a known look-up service                    | 700 every 1 TXT {b32:60}.{b32:30}.sophosxl.net TXT {hex:20}        | false
            a mail block list                          | 700 every 1 A 17.{i}.113.203.zen.blocks.org A 127.0.0.2            | false
            a list of sending domains                  | 700 every 1 TXT {word}.com._report._dmarc.agents.com TXT v=DMARC1  | false
            networks of addresses                      | 700 every 1 TXT {i}.113.0.203.origin.asns.com TXT {i}              | false
            hosts of a content network                 | 90 every 5 A {hex:20}-edge.cdns.net A 192.0.2.{i}                  | false
            one name again and again                   | 700 every 1 TXT 4a6f7368756174726565aa01.evil.com TXT {hex:20}     | false
            certificates' challenges                   | 90 every 5 TXT _acme-challenge.shop{i}.com TXT {hex:43}            | false
            search paths in a cluster                  | 700 every 1 A {hex:30}.api.svc.cluster.local NX                    | false
            reverse look-ups of IPv6                   | 700 every 1 PTR {hex:30}.{i}.ip6.arpa PTR a.example.com            | false
            """)
    void tells(String what, String queries, boolean found) {
        assertEquals(found ? List.of(TYPE) : List.of(), NameFixture.types(queries));
    }

    @Test
    void showsHowMuchWasCarried() {
        List<Signal> signals =
                NameFixture.signals(EngineServices.NONE, "120 every 10 TXT {b32:24}.evil.com TXT {b32:30}");
        assertEquals(2, signals.size(), "one a window");
        Signal signal = signals.getLast();
        Doc additional = signal.additional();
        assertEquals("evil.com", signal.aggregation());
        assertTrue(Math.abs(additional.number("distinctNames", 0) - 120) <= 10);
        assertEquals(120, additional.number("queries", 0));
        assertEquals(24, additional.number("charactersEach", 0));
        assertEquals(3, signal.evidence().size());
        assertEquals(2, ((List<?>) additional.get("series")).size());
        assertEquals(NameFixture.START, signal.first());
        assertFalse(String.valueOf(additional.text("domain")).isEmpty(), "another name asked");
    }

    @Test
    void orderChangesNothing() {
        List<NameQuery> queries = new ArrayList<>(
                NameFixture.queries(
                        "300 every 5 TXT {b32:24}.evil.com TXT {b32:30}; 300 every 5 A {hex:30}.{letters:1}.com A 192.0.2.{i}"));
        List<Signal> expected = NameFixture.signals(EngineServices.NONE, queries);
        assertTrue(!expected.isEmpty());
        for (int seed = 1; seed <= 5; seed++) {
            Collections.shuffle(queries, new Random(seed));
            assertEquals(expected, NameFixture.signals(EngineServices.NONE, queries), "seed " + seed);
        }
    }

    @Test
    void queriesThroughAnEndpointNameNoHost() {
        List<NameQuery> queries = NameFixture.queries("60 every 5 TXT {b32:24}.t.evil.com TXT {b32:30}").stream()
                .map(query -> new NameQuery(
                        query.origin(),
                        query.at(),
                        query.account(),
                        query.region(),
                        query.vpcId(),
                        query.name(),
                        query.type(),
                        query.responseCode(),
                        query.answers(),
                        query.sourceAddress(),
                        query.sourcePort(),
                        query.transport(),
                        null,
                        "rslvr-in-1",
                        "rni-1",
                        null,
                        query.contentHash()))
                .toList();
        assertEquals(List.of(), NameFixture.signals(EngineServices.NONE, queries));
    }
}
