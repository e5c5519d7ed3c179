package dev.tocsin.server.api.operation;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The library of custom detection rules as the API shows it (F79). */
public final class RuleLibrary {

    /** When the library came out, epoch seconds: 2026-09-01. */
    private static final long MADE = 1_788_220_800;

    private static final Map<String, Rule> BY_ID =
            Rules.LIBRARY.stream().collect(Collectors.toUnmodifiableMap(RuleLibrary::id, Function.identity()));

    private RuleLibrary() {}

    /** All rules, each in the form of RuleDetail. */
    public static List<Doc> docs() {
        return Rules.LIBRARY.stream().map(RuleLibrary::doc).toList();
    }

    /** The id of {@code rule}: the same in every installation. */
    static String id(Rule rule) {
        return Hash.id("customDetectionRule", rule.name());
    }

    /** The rules by id. */
    public static Map<String, Rule> byId() {
        return BY_ID;
    }

    private static Doc doc(Rule rule) {
        return new Doc()
                .with("ruleId", id(rule))
                .with("arn", "arn:aws:guardduty:::custom-detection-rule/" + id(rule))
                .with("name", rule.name())
                .with("description", sentence(rule.what()) + " " + rule.why())
                .with("severity", rule.severity().name())
                .with("dataSource", "CloudTrailManagementEvent")
                .with("tactic", Rule.spaced(rule.tactic()))
                .with("technique", rule.technique())
                .with("service", rule.service())
                .with("definition", new Doc().with("expression", rule.sql()))
                .with("createdAt", MADE)
                .with("language", "SQL")
                .with("schema", "CloudTrail")
                .with("updatedAt", MADE);
    }

    private static String sentence(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + ".";
    }
}
