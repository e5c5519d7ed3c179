package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FindingReplicasTest {

    private static final String ID = "00112233445566778899aabbccddeeff";

    private static FindingState finding(String region, boolean global) {
        Doc document = new Doc()
                .with("id", ID)
                .with("arn", "arn:original")
                .with("region", region)
                .with("service", new Doc().with("detectorId", "d").with("count", 3))
                .with("tocsin", new Doc().with("global", global ? true : null));
        return new FindingState(ID, "Policy:IAMUser/X", "111122223333", region, 7, 1, 2, 2.0, document);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                                          | Region    | global | enabled                       | all                           | shown
            a finding of its own Region                     | eu-west-1 | false  | eu-west-1,us-east-1           | eu-west-1                     | eu-west-1
            a finding of a Region without a detector        | eu-west-1 | false  | us-east-1                     | none                          | none
            a global event's goes to every Region           | us-east-1 | true   | us-west-2,eu-west-1,us-east-1 | us-east-1,eu-west-1,us-west-2 | us-east-1
            a global event's without its own Region         | us-east-1 | true   | us-west-2,eu-west-1           | eu-west-1,us-west-2           | eu-west-1
            partitions are apart                            | us-east-1 | true   | us-east-1,cn-north-1          | us-east-1                     | us-east-1
            """)
    void goesTo(String name, String region, boolean global, String enabled, String all, String shown) {
        List<String> regions = Arrays.asList(enabled.split(",", -1));
        assertEquals(list(all), regions(FindingReplicas.expand(finding(region, global), regions)));
        assertEquals(list(shown), regions(FindingReplicas.shown(finding(region, global), regions)));
    }

    private static List<String> list(String names) {
        return names == null ? List.of() : Arrays.asList(names.split(",", -1));
    }

    private static List<String> regions(List<FindingState> findings) {
        return findings.stream().map(FindingState::region).toList();
    }

    @Test
    void aReplicaNamesItsOriginalAndHasItsOwnDetector() {
        FindingState replica = FindingReplicas.expand(finding("us-east-1", true), List.of("us-east-1", "eu-west-1"))
                .getLast();
        assertEquals("arn:original", replica.document().part("tocsin").text("replicaOf"));
        assertEquals("eu-west-1", replica.document().text("region"));
        assertEquals(replica.id(), replica.document().text("id"));
        assertNotEquals(ID, replica.id());
        assertNotEquals("d", replica.document().part("service").text("detectorId"));
        assertEquals(3, replica.document().part("service").number("count", 0));
    }
}
