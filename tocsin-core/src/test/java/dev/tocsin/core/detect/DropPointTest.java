package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DropPointTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens | category | listed | flows | finding
            the host calls the drop                | exfiltration | 198.51.100.99:21 | out 49152 21 S   | true
            another port there                     | exfiltration | 198.51.100.99:21 | out 49152 443 S  | false
            the drop calls                         | exfiltration | 198.51.100.99    | in 21 40000 S    | false
            """)
    void tells(String name, String category, String listed, String flows, boolean finding) {
        TestLists lists = new TestLists().add(category, listed);
        assertEquals(finding ? Set.of(DropPoint.TYPE.name()) : Set.of(), FlowFixture.types(lists, flows));
    }
}
