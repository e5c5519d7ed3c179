package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Which rules are on where an event happens. A rule that is not named is on if it is {@link Rule.Kind#OWN} and {@code own}
 * says so.
 *
 * @param own whether our precise rules are on
 * @param modes of rules, by name
 * @param tried is told each match of a rule that is only tried
 */
public record RulesInForce(boolean own, Map<String, Mode> modes, BiConsumer<Rule, ApiCall> tried) {

    /** Where nobody says anything: our precise rules. */
    public static final RulesInForce DEFAULT = new RulesInForce(true, Map.of(), (rule, call) -> {});

    /** Keeps {@code modes} as they are now. */
    public RulesInForce {
        modes = Map.copyOf(modes);
    }

    /** Only {@code rules}, all of them live. */
    public static RulesInForce live(Collection<Rule> rules) {
        Map<String, Mode> modes = new HashMap<>();
        rules.forEach(rule -> modes.put(rule.name(), Mode.LIVE));
        return new RulesInForce(false, modes, (rule, call) -> {});
    }

    /** How a rule is on (F81). */
    public enum Mode {
        /** Matches are findings. */
        LIVE,
        /** Matches are only counted. */
        DRY_RUN,
        /** It is not looked at. */
        OFF
    }

    /** How {@code rule} is on. */
    public Mode of(Rule rule) {
        Mode mode = modes.get(rule.name());
        if (mode != null) {
            return mode;
        }
        return own && rule.kind() == Rule.Kind.OWN ? Mode.LIVE : Mode.OFF;
    }
}
