package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.server.api.operation.RuleLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the API turns on takes effect. A promise of the mission among it: monitoring starts with CreateDetector, and nothing
 * else is to be set up in the account.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class EnablingTest extends FolderFixture {

    @Override
    ServiceOptions options() {
        return watching(false);
    }

    @Test
    void startsByEnablingAlone() throws IOException, InterruptedException {
        String detector = String.valueOf(
                signed(administrator, "POST", "/detector", "{'enable':true}").text("detectorId"));
        Files.writeString(logs().resolve("stop.json"), STOPPED);
        List<?> found = List.of();
        while (found.isEmpty()) { // the limit of the class ends it
            Doc body = signed(administrator, "POST", "/detector/" + detector + "/findings", "{}")
                    .body();
            found = body.get("findingIds") instanceof List<?> ids ? ids : List.of();
        }
        assertFalse(found.isEmpty());
    }

    @Test
    void aRuleIsTriedThenTellsWithNoFindingOfTheTrial() throws IOException, InterruptedException {
        Rule rule = Rules.named("IAMAccessKeyCreated").orElseThrow();
        String id = RuleLibrary.byId().entrySet().stream()
                .filter(one -> one.getValue().equals(rule))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        signed(administrator, "POST", "/detector", "{'enable':true}");
        Doc association = call(
                        administrator,
                        "CreateCustomDetectionRuleAssociation",
                        new Doc().with("ruleId", id).with("mode", "DRY_RUN"))
                .body()
                .part("ruleAssociation");
        assertTrue(association.number("expiresAt", 0) > association.number("createdAt", 0), association.toJson());

        Doc tried = untilHits("matchesTried");
        assertEquals(0, tried.number("findings", -1), "what is tried makes no finding: " + tried.toJson());

        call(
                administrator,
                "UpdateCustomDetectionRuleAssociation",
                new Doc()
                        .with("RuleId", id)
                        .with("AssociationId", association.text("associationId"))
                        .with("mode", "LIVE"));
        assertTrue(untilHits("findings").number("findings", 0) > 0);
    }

    /** Brings key after key until {@code count} of the only rule that is on has moved; the limit of the class ends it. */
    private Doc untilHits(String count) throws IOException, InterruptedException {
        for (int asked = 0; ; asked++) {
            if (asked % 20 == 0) {
                String made = STOPPED.replace("cloudtrail.amazonaws", "iam.amazonaws")
                        .replace("StopLogging", "CreateAccessKey")
                        .replace("e-1", count + asked);
                Files.writeString(logs().resolve(count + asked + ".json"), made);
            }
            Object rules = signed(administrator, "GET", "/tocsin/v1/rule-hits", "")
                    .body()
                    .get("rules");
            if (rules instanceof List<?> list && list.getFirst() instanceof Doc hits && hits.number(count, 0) > 0) {
                return hits;
            }
        }
    }
}
