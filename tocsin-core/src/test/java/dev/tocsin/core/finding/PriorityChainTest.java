package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PriorityChainTest {

    private static final long HOUR = 3_600;

    /** Findings as purpose/actor@hour; the first is asked about. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            alone                            | Stealth/u@0                                      | later
            two purposes                     | Stealth/u@0 Policy/u@1                           | later
            three purposes                   | Stealth/u@0 Policy/u@1 PenTest/u@2               | now
            one purpose often                | Stealth/u@0 Stealth/u@1 Stealth/u@2              | later
            of another actor                 | Stealth/u@0 Policy/u@1 PenTest/v@2               | later
            a day apart                      | Stealth/u@0 Policy/u@24 PenTest/u@24             | now
            more than a day apart            | Stealth/u@0 Policy/u@25 PenTest/u@25             | later
            before and after                 | Stealth/u@24 Policy/u@0 PenTest/u@48             | now
            the same role by other sessions  | Stealth/r:a@0 Policy/r:b@1 PenTest/r:c@2         | now
            """)
    void raises(String what, String findings, String level) {
        List<FindingState> all = new ArrayList<>();
        for (String one : findings.split(" ", -1)) {
            all.add(finding(one, all.size()));
        }
        assertEquals(level, level(PriorityChain.raised(all).getFirst()));
    }

    @Test
    void orderChangesNothing() {
        List<FindingState> all = new ArrayList<>(
                List.of(finding("Stealth/u@0", 0), finding("Policy/u@20", 1), finding("PenTest/u@40", 2)));
        List<String> levels =
                PriorityChain.raised(all).stream().map(PriorityChainTest::level).toList();
        assertEquals(List.of("later", "now", "later"), levels);
        Collections.reverse(all);
        assertEquals(
                levels.reversed(),
                PriorityChain.raised(all).stream().map(PriorityChainTest::level).toList());
    }

    private static String level(FindingState finding) {
        return String.valueOf(finding.document().part("tocsin").part("priority").text("level"));
    }

    private static FindingState finding(String text, int number) {
        String purpose = text.substring(0, text.indexOf('/'));
        String actor = text.substring(text.indexOf('/') + 1, text.indexOf('@'));
        long at = 1_772_366_400 + HOUR * Long.parseLong(text, text.indexOf('@') + 1, text.length(), 10);
        Doc document = new Doc()
                .with("resource", new Doc().with("accessKeyDetails", new Doc().with("principalId", actor)))
                .with(
                        "tocsin",
                        new Doc()
                                .with(
                                        "priority",
                                        new Doc().with("level", "later").with("reasons", List.of("severity 2.0"))));
        return new FindingState(
                "f" + number, purpose + ":IAMUser/X", "111122223333", "us-east-1", 1, at, at, 2, document);
    }
}
