package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TorClientTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            a guard at its port                    | tor-guard     | 198.51.100.99:9001 | out 49152 9001 S     | true
            a web API at the same address          | tor-guard     | 198.51.100.99:9001 | out 49152 443 S      | false
            an authority                           | tor-authority | 198.51.100.99      | out 49152 443 S      | true
            a relay of unknown role                | tor           | 198.51.100.99:443  | out 49152 443 S      | true
            an exit                                | tor-exit      | 198.51.100.99      | out 49152 443 S      | false
            time from a relay                      | tor           | 198.51.100.99      | out 123 123 udp      | false
            a datagram to a relay                  | tor           | 198.51.100.99      | out 49152 443 udp    | false
            mail to a relay                        | tor           | 198.51.100.99      | out 49152 25 S       | false
            a name server that is a relay          | tor           | 198.51.100.99      | out 49152 53 S       | false
            a relay calls                          | tor           | 198.51.100.99      | in 443 49152 S; out 443 49152 SA | false
            """)
    void tells(String name, String category, String listed, String flows, boolean finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding ? Set.of(TorClient.TYPE.name()) : Set.of(), FlowFixture.types(lists, flows));
    }
}
