package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.server.api.operation.RuleLibrary;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the API turns on takes effect. A promise of the mission among it: monitoring starts with CreateDetector, and nothing
 * else is to be set up in the account.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class EnablingTest extends ServiceFixture {

    private static final String STOPPED =
            "{\"Records\":[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"alice\","
                    + "\"arn\":\"arn:aws:iam::" + ACCOUNT + ":user/alice\",\"accountId\":\"" + ACCOUNT
                    + "\",\"principalId\":\"AIDAEXAMPLE\"},\"eventTime\":\"2026-03-01T12:05:00Z\",\"eventSource\":"
                    + "\"cloudtrail.amazonaws.com\",\"eventName\":\"StopLogging\",\"awsRegion\":\"" + REGION
                    + "\",\"sourceIPAddress\":\"203.0.113.10\",\"eventID\":\"e-1\",\"eventType\":\"AwsApiCall\","
                    + "\"recipientAccountId\":\"" + ACCOUNT + "\"}]}";

    @Override
    Service.Options options() {
        Service.Watch watch = new Service.Watch(
                List.of(SourceConfig.folder("drop", logs().toString())),
                Set.of(),
                Set.of(),
                false,
                lists -> EngineServices.NONE,
                null,
                List.of(),
                1);
        return new Service.Options(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, watch);
    }

    private Path logs() {
        try {
            return Files.createDirectories(folder.resolve("logs"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
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
