package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When so many hosts are on a list that the list is wrong. */
final class ListFaultsTest {

    private static final long DAY = 86_400;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                    | hosts | hit | days apart | said
            one in five                       | 10    | 2   | 0          | list L hit 2 of 10 hosts on 2026-03-01: more likely a fault of the list than of the hosts
            a little fewer                    | 11    | 2   | 0          |
            a worm on everything              | 40    | 40  | 0          | list L hit 40 of 40 hosts on 2026-03-01: more likely a fault of the list than of the hosts
            too few hosts to say              | 9     | 9   | 0          |
            spread over days                  | 10    | 2   | 1          |
            """)
    void tells(String name, int hosts, int hit, int apart, String said) {
        long start = 20_513 * DAY;
        Seen seen = new Seen();
        for (int day = 0; day <= 2; day++) {
            for (int i = 0; i < hosts; i++) {
                seen.add(List.of(query("i-" + i, start + day * DAY + i), query("i-" + i, start + day * DAY + i + 60)));
            }
        }
        List<FindingState> findings = new ArrayList<>();
        for (int i = 0; i < hit; i++) {
            findings.add(finding("i-" + i, start + (long) i * apart * DAY));
        }
        assertEquals(said == null ? Map.of() : Map.of("L", said), ListFaults.of(seen, findings));
    }

    private static FindingState finding(String instance, long at) {
        Doc record = new Doc()
                .with("time", Instant.ofEpochSecond(at).toString())
                .with("fields", new Doc().with("srcids.instance", instance));
        Doc evidence =
                new Doc().with("records", List.of(record)).with("intelligence", List.of(new Doc().with("list", "L")));
        Doc document = new Doc().with("tocsin", new Doc().with("evidence", evidence));
        return new FindingState(instance, "T", "111122223333", "eu-west-1", 1, at, at, 8, document);
    }

    private static NameQuery query(String instance, long at) {
        return new NameQuery(
                new Origin(LogObject.named("dns"), 1),
                at,
                "111122223333",
                "eu-west-1",
                "vpc-1",
                "bad.example",
                "A",
                "NOERROR",
                List.of(),
                "10.0.0.1",
                40_000,
                "UDP",
                instance,
                null,
                null,
                null,
                0);
    }
}
