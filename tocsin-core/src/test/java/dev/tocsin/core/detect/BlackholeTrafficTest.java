package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BlackholeTrafficTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            the host calls a sinkhole              | blackhole | 198.51.100.99    | out 49152 80 S     | true
            the sinkhole calls                     | blackhole | 198.51.100.99    | in 80 40000 S      | false
            its neighbour                          | blackhole | 198.51.100.98    | out 49152 80 S     | false
            """)
    void tells(String name, String category, String listed, String flows, boolean finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding ? Set.of(BlackholeTraffic.TYPE.name()) : Set.of(), FlowFixture.types(lists, flows));
    }
}
