package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedServerTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            the host opens, by flags               | c2 | 198.51.100.99      | out 49152 443 S                                         | true
            the peer opens, by flags               | c2 | 198.51.100.99      | in 22 40000 S; out 22 40000 SA                          | false
            the host opens, by ports               | c2 | 198.51.100.99      | out 49152 443; in 49152 443                             | true
            the peer opens, by ports               | c2 | 198.51.100.99      | in 22 40000; out 22 40000                               | false
            the answer read first                  | c2 | 198.51.100.99      | out 22 40000; in 22 40000                               | false
            another port than the listed one       | c2 | 198.51.100.99:8443 | out 49152 443 S                                         | false
            the listed port                        | c2 | 198.51.100.99:443  | out 49152 443 S                                         | true
            a rule refused the way out             | c2 | 198.51.100.99      | out 49152 443 S reject                                  | true
            a rule refused the way out, no flags   | c2 | 198.51.100.99      | out 49152 443 60B reject                                | true
            a rule refused the way in              | c2 | 198.51.100.99      | in 22 40000 S reject                                    | false
            a reset to a stray answer, no flags    | c2 | 198.51.100.99      | in 50000 80 44B; out 50000 80 40B                       | false
            one byte more is an opening            | c2 | 198.51.100.99      | in 50000 80 44B; out 50000 80 41B                       | true
            a reset to a stray answer              | c2 | 198.51.100.99      | in 50000 80 SA 44B; out 50000 80 R 40B                  | false
            the middle of a connection it opened   | c2 | 198.51.100.99      | out 49152 443 0; in 49152 443 0                         | true
            the middle of one the peer opened      | c2 | 198.51.100.99      | in 8080 9000 S; out 8080 9000 0 +60; in 8080 9000 0 +60 | false
            ports that say nothing, host first     | c2 | 198.51.100.99      | out 6000 7000; in 6000 7000 +1                          | true
            ports that say nothing, peer first     | c2 | 198.51.100.99      | in 6000 7000; out 6000 7000 +1                          | false
            ports that say nothing, at one time    | c2 | 198.51.100.99      | in 6000 7000; out 6000 7000                             | false
            a port that many peers use             | c2 | 198.51.100.99      | in 40001 50001 x9 203.0.113.1; in 40001 443; out 40001 443 | false
            a datagram out first                   | c2 | 198.51.100.99      | out 5060 53 udp; in 5060 53 udp +1                      | true
            a datagram in first                    | c2 | 198.51.100.99      | in 5060 53 udp; out 5060 53 udp +1                      | false
            not listed as such                     | parking | 198.51.100.99 | out 49152 443 S                                         | false
            IPv6 like IPv4                         | c2 | 2001:db8:bad::99   | out 49152 443 S 2001:db8:bad::99                        | true
            """)
    void commandAndControl(String name, String category, String listed, String flows, boolean finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding ? Set.of(ListedServer.C2.name()) : Set.of(), FlowFixture.types(lists, flows));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            the host calls a sinkhole              | blackhole    | 198.51.100.99      | out 49152 80 S    | Trojan:EC2/BlackholeTraffic
            the sinkhole calls                     | blackhole    | 198.51.100.99      | in 80 40000 S     |
            the network of who runs one            | blackhole    | 198.51.100.0/24    | out 49152 80 S    |
            its neighbour                          | blackhole    | 198.51.100.98      | out 49152 80 S    |
            the host calls the drop                | exfiltration | 198.51.100.99:21   | out 49152 21 S    | Trojan:EC2/DropPoint
            another port there                     | exfiltration | 198.51.100.99:21   | out 49152 443 S   |
            the drop calls                         | exfiltration | 198.51.100.99      | in 21 40000 S     |
            a pool at its port                     | cryptomining | 198.51.100.99:3333 | out 49152 3333 S  | CryptoCurrency:EC2/BitcoinTool.B
            a pool at another port                 | cryptomining | 198.51.100.99:3333 | out 49152 3334 S  |
            a pool listed without port             | cryptomining | 198.51.100.99      | out 49152 3333 S  | CryptoCurrency:EC2/BitcoinTool.B
            its website                            | cryptomining | 198.51.100.99      | out 49152 443 S   |
            its website, plain                     | cryptomining | 198.51.100.99      | out 49152 80 S    |
            a pool that hides behind 443           | cryptomining | 198.51.100.99:443  | out 49152 443 S   | CryptoCurrency:EC2/BitcoinTool.B
            a peer that calls                      | cryptomining | 198.51.100.99      | in 8333 50000 S; out 8333 50000 SA |
            """)
    void others(String name, String category, String listed, String flows, String finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding == null ? Set.of() : Set.of(finding), FlowFixture.types(lists, flows));
    }

    @Test
    void anAddressListedForTwoThingsMakesBothTypes() {
        TestLists lists = new TestLists().add("c2", FlowFixture.PEER).add("exfiltration", FlowFixture.PEER);
        assertEquals(
                Set.of(ListedServer.C2.name(), ListedServer.DROP.name()), FlowFixture.types(lists, "out 49152 443 S"));
    }

    /** The intel formats' table: these categories have no type for a connection to an address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "malware",
                "suspicious",
                "abused",
                "cryptocurrency",
                "phishing",
                "drive-by",
                "scanner",
                "tor-exit",
                "compromised-key",
                "parking",
                "lookup-service",
                "remote-tool"
            })
    void otherCategoriesAreContextOfAConnection(String category) {
        assertEquals(Set.of(), FlowFixture.types(new TestLists().add(category, FlowFixture.PEER), "out 49152 443 S"));
    }

    @Test
    void theOperatorsOwnListSpeaksByCustomAlone() {
        assertEquals(
                Set.of(MaliciousIpTraffic.TYPE.name()),
                FlowFixture.types(new TestLists().add("custom", FlowFixture.PEER), "out 49152 443 S"));
    }
}
