package dev.tocsin.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules about rules, and the rows of {@code rules/cases.txt}. */
final class RulesTest {

    private static final List<RuleCase> CASES = RuleCase.all();

    static List<Rule> rules() {
        return Rules.ALL;
    }

    static List<RuleCase> cases() {
        return CASES;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void tells(RuleCase row) {
        Rule rule = Rules.named(row.rule()).orElseThrow();
        assertEquals(row.matches(), rule.matches(row.call(), Set.of()), rule.sql());
    }

    /** What is shared with an account of the operator's own is no concern of theirs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void leavesTheOperatorsOtherAccounts(RuleCase row) {
        Rule rule = Rules.named(row.rule()).orElseThrow();
        boolean ofOthers = rule.sql().contains("recipientAccountId");
        if (row.matches() && ofOthers && !rule.matches(row.call(), Set.of("999988887777"))) {
            return;
        }
        assertEquals(row.matches(), rule.matches(row.call(), Set.of("999988887777")), rule.sql());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasRowsOfBothKinds(Rule rule) {
        Set<Boolean> kinds = CASES.stream()
                .filter(row -> row.rule().equals(rule.name()))
                .map(RuleCase::matches)
                .collect(Collectors.toSet());
        assertEquals(Set.of(true, false), kinds, rule.name());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleSaysWhatAPersonNeeds(Rule rule) {
        assertTrue(rule.name().matches("[A-Z][A-Za-z0-9]+"), "name");
        assertFalse(rule.actions().isEmpty(), "event names");
        assertTrue(rule.what().matches(".+[^.]"), "what happened is part of a sentence");
        assertTrue(rule.why().matches("[A-Z].*\\."), "why is a sentence");
        assertTrue(rule.type().severity() >= rule.severity().level(), "a type is as severe as its gravest rule");
        assertTrue(rule.sql().contains("eventName IN ("), rule.sql());
        String instead = rule.insteadOf();
        assertTrue(
                instead == null
                        || Rules.LIBRARY.stream().anyMatch(one -> one.name().equals(instead)),
                "stands in for a rule of the library");
    }

    /** The counts of the documentation (F79). */
    @Test
    void libraryIsGuardDutys() {
        assertEquals(35, Rules.LIBRARY.size());
        assertEquals(
                25,
                Rules.LIBRARY.stream()
                        .map(rule -> rule.type().name())
                        .distinct()
                        .count());
        assertTrue(Rules.LIBRARY.stream().allMatch(rule -> rule.kind() == Rule.Kind.LIBRARY));
        assertTrue(Rules.OURS.stream().noneMatch(rule -> rule.kind() == Rule.Kind.LIBRARY));
    }

    @Test
    void namesAreUnique() {
        Set<String> names = new HashSet<>();
        Rules.ALL.forEach(rule -> assertTrue(names.add(rule.name()), rule.name()));
    }
}
