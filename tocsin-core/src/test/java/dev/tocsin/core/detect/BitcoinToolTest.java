package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BitcoinToolTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            a pool at its port                     | cryptomining | 198.51.100.99:3333 | out 49152 3333 S     | true
            a pool at another port                 | cryptomining | 198.51.100.99:3333 | out 49152 3334 S     | false
            a pool listed without port             | cryptomining | 198.51.100.99      | out 49152 3333 S     | true
            its website                            | cryptomining | 198.51.100.99      | out 49152 443 S      | false
            its website, plain                     | cryptomining | 198.51.100.99      | out 49152 80 S       | false
            a pool that hides behind 443           | cryptomining | 198.51.100.99:443  | out 49152 443 S      | true
            a peer that calls                      | cryptomining | 198.51.100.99      | in 8333 50000 S; out 8333 50000 SA | false
            """)
    void tells(String name, String category, String listed, String flows, boolean finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding ? Set.of(BitcoinTool.TYPE.name()) : Set.of(), FlowFixture.types(lists, flows));
    }
}
