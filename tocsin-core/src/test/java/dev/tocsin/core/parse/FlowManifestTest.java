package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.event.LogObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The odd flow logs of the shared inputs, as far as a line reader alone decides them. */
final class FlowManifestTest {

    private static final Path INPUTS = Path.of("../../shared/inputs/vpcflow");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # file                           | accepted | ignored | rejected
            control-v2.log.gz                | 2  | 0 | 0
            all-v3.log.gz                    | 2  | 0 | 0
            all-v5.log.gz                    | 2  | 0 | 0
            all-v7-ecs.log.gz                | 2  | 0 | 0
            all-v10.log.gz                   | 2  | 0 | 0
            custom-order-alphabetical.log.gz | 2  | 0 | 0
            custom-few-fields.log.gz         | 2  | 0 | 0
            no-header-v2.log                 | 2  | 0 | 0
            no-header-custom.log             | 0  | 0 | 2
            nodata-skipdata.log.gz           | 1  | 2 | 0
            dashes-in-ok.log.gz              | 4  | 0 | 0
            ipv6.log.gz                      | 3  | 1 | 0
            tcp-flags.log.gz                 | 13 | 0 | 0
            crlf.log                         | 2  | 0 | 0
            tabs-and-spaces.log              | 2  | 0 | 1
            headers-repeated.log.gz          | 3  | 0 | 0
            cwl-export-timestamps.log.gz     | 2  | 1 | 0
            huge-counters.log.gz             | 4  | 0 | 2
            clock-skew.log.gz                | 5  | 0 | 1
            transit-gateway.log.gz           | 0  | 2 | 0
            bad-lines.log.gz                 | 2  | 0 | 7
            header-only.log.gz               | 0  | 0 | 0
            nat-hides-peer.log.gz            | 2  | 0 | 0
            rejected-to-listed.log.gz        | 1  | 0 | 0
            fp-root-server.log.gz            | 5  | 0 | 0
            """)
    void accountsForEveryLine(String file, int accepted, int ignored, int rejected) {
        Path path = INPUTS.resolve(file);
        assumeTrue(Files.exists(path), "the shared inputs are not here: " + INPUTS);
        FlowLog log = FlowLog.of(LogObject.named(file), null, FlowLog.bytes(path));
        assertEquals(accepted, log.flows.size(), "accepted " + log.rejected);
        assertEquals(ignored, log.ignored.size(), "ignored " + log.ignored);
        assertEquals(rejected, log.rejected.size(), "rejected " + log.rejected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"vpc-v2-default.log", "vpc-v3-custom-order.log", "vpc-v3-tgw-attached.log", "vpc-v5-custom-order.log"})
    void readsThePublishedExamples(String file) {
        Path path = INPUTS.resolve("../../corpus/network/formats").resolve(file);
        assumeTrue(Files.exists(path), "the shared corpus is not here");
        LogObject delivered = new LogObject(0, file, null, null, null, 1_800_000_000);
        FlowLog log = FlowLog.of(delivered, null, FlowLog.bytes(path));
        assertTrue(log.rejected.isEmpty(), log.rejected.toString());
        assertTrue(log.flows.size() > 1, "flows");
    }
}
