package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.server.api.operation.RuleLibrary;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Hits of a rule that is live are its own, whatever other rules make of the same finding type. */
final class RuleHitsTest extends ServiceFixture {

    @Test
    void eachRuleCountsTheFindingsItHasPartIn() throws IOException, InterruptedException {
        call(administrator, "CreateDetector", new Doc().with("enable", true));
        List<Rule> rules = ofOneType();
        Rule first = rules.get(0);
        Rule second = rules.get(1);
        for (Rule rule : List.of(first, second)) {
            Doc live = new Doc().with("ruleId", id(rule)).with("mode", "LIVE");
            assertEquals(
                    200,
                    call(administrator, "CreateCustomDetectionRuleAssociation", live)
                            .status());
        }
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            store.write(transaction -> {
                transaction.finding(finding("a", first.type().name(), first), 1, false);
                transaction.finding(finding("b", first.type().name(), first, second), 2, false);
                transaction.finding(finding("c", first.type().name(), first), 3, false);
            });
        }
        assertEquals(Map.of(first.name(), 3L, second.name(), 1L), hits());
        Answer found = signed(
                administrator,
                "POST",
                "/tocsin/v1/findings/search",
                "{'findingCriteria':{'criterion':{'service.detection.sequence.signals.name':{'equals':['"
                        + second.name() + "']}}}}");
        assertEquals(1, docs(found, "findings").size(), found.raw().body());
    }

    private Map<String, Long> hits() throws IOException, InterruptedException {
        Map<String, Long> hits = new HashMap<>();
        Answer answer = signed(administrator, "GET", "/tocsin/v1/rule-hits", "");
        for (Doc rule : docs(answer, "rules")) {
            hits.put(String.valueOf(rule.text("name")), rule.number("findings", -1));
        }
        return hits;
    }

    private static List<Doc> docs(Answer answer, String member) {
        return answer.body().get(member) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    /** Rules that make findings of the same type, two at least. */
    private static List<Rule> ofOneType() {
        return RuleLibrary.byId().values().stream().collect(Collectors.groupingBy(Rule::type)).values().stream()
                .filter(rules -> rules.size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static String id(Rule rule) {
        return RuleLibrary.byId().entrySet().stream()
                .filter(one -> one.getValue().equals(rule))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static FindingState finding(String id, String type, Rule... rules) {
        List<Doc> signals = Arrays.stream(rules)
                .map(rule -> new Doc().with("name", rule.name()))
                .toList();
        Doc detection = new Doc().with("sequence", new Doc().with("signals", signals));
        Doc document = new Doc()
                .with("id", id)
                .with("type", type)
                .with("accountId", ACCOUNT)
                .with("region", REGION)
                .with("customDetectionRuleName", rules[0].name())
                .with("service", new Doc().with("detection", detection));
        return new FindingState(id, type, ACCOUNT, REGION, 1, 1, 2, 5.0, document);
    }
}
