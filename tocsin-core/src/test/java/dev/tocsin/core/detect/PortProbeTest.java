package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortProbeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                        | category | flows                                          | finding                   | severity
            answered                              | scanner  | in 22 40000 S; out 22 40000 SA                 | PortProbeUnprotectedPort  | 2
            answered, no flags                    | scanner  | in 22 40000 44B; out 22 40000 44B              | PortProbeUnprotectedPort  | 2
            reset, no flags                       | scanner  | in 22 40000 44B; out 22 40000 40B              | none                      | 0
            reset                                 | scanner  | in 22 40000 S; out 22 40000 R 40B              | none                      | 0
            not answered                          | scanner  | in 22 40000 S                                  | none                      | 0
            refused                               | scanner  | in 22 40000 S reject                           | none                      | 0
            the answer refused                    | scanner  | in 22 40000 S; out 22 40000 SA reject          | none                      | 0
            the web                               | scanner  | in 443 40000 S; out 443 40000 SA               | none                      | 0
            the web, plain                        | scanner  | in 80 40000 S; out 80 40000 SA                 | none                      | 0
            next to the web                       | scanner  | in 81 40000 S; out 81 40000 SA                 | PortProbeUnprotectedPort  | 2
            Elasticsearch                         | scanner  | in 9200 40000 S; out 9200 40000 SA             | PortProbeUnprotectedPort  | 8
            YARN                                  | scanner  | in 8088 40000 S; out 8088 40000 SA             | PortProbeEMRUnprotectedPort | 8
            no scanner                            | c2       | in 22 40000 S; out 22 40000 SA                 | none                      | 0
            the host calls the scanner            | scanner  | out 49152 22 S; in 49152 22 SA                 | none                      | 0
            """)
    void tells(String name, String category, String flows, String finding, double severity) {
        List<Signal> signals = FlowFixture.signals(new TestLists().add(category, FlowFixture.PEER), flows);
        assertEquals(
                finding,
                signals.isEmpty() ? "none" : signals.getFirst().type().name().substring("Recon:EC2/".length()));
        assertEquals(severity, signals.isEmpty() ? 0 : signals.getFirst().severity());
    }

    @Test
    void aPeerInsideIsNoScanner() {
        TestLists lists = new TestLists().add("scanner", "10.0.2.7");
        assertEquals(List.of(), FlowFixture.signals(lists, "in 22 40000 S 10.0.2.7; out 22 40000 SA 10.0.2.7"));
    }

    @Test
    void namesThePortProbed() {
        Signal last = FlowFixture.signals(
                        new TestLists().add("scanner", FlowFixture.PEER), "out 22 40000 SA; out 3306 40001 SA +1")
                .getLast();
        List<?> details = (List<?>) last.action().part("portProbeAction").get("portProbeDetails");
        assertEquals(1, details.size());
        assertEquals(3306, ((Doc) details.getFirst()).part("localPortDetails").number("port", 0));
    }
}
