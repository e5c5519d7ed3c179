package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.ledger.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JsonWriterTest {

    private static String line(Doc additional) throws IOException {
        Doc document = new Doc().with("id", "1").with("service", new Doc().with("additionalInfo", additional));
        FindingState finding = new FindingState("1", "T", "111122223333", "eu-west-1", 1, 0, 0, 5, document);
        Coverage.Means means = Coverage.Means.of(new Seen(), Map.of(), Set.of(), null);
        List<FindingState> findings = List.of(finding);
        StringBuilder out = new StringBuilder();
        Ledger ledger = new Ledger();
        new JsonWriter(true)
                .write(
                        new Report(findings, Coverage.of(means, ledger, findings), ledger, false, Noise.of(List.of())),
                        out);
        return out.toString();
    }

    @Test
    void writesTheFormOfGetFindings() throws IOException {
        assertEquals(
                "{\"id\":\"1\",\"service\":{\"additionalInfo\":{\"value\":\"{\\\"a\\\":\\\"b\\\"}\",\"type\":\"default\"}}}\n",
                line(new Doc().with("a", "b")));
    }

    @Test
    void aGroupsMembersCanBeReadWithoutTheText() throws IOException {
        String line = line(new Doc().with("members", List.of("i-1", "i-2")));
        assertEquals(
                List.of("i-1", "i-2"),
                Doc.parse(line).part("service").part("additionalInfo").get("members"));
    }
}
