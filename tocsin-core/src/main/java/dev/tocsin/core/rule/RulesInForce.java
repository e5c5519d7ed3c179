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
 * @param global the same for calls of global services, which belong to every Region
 * @param tried is told each match of a rule that is only tried
 */
public record RulesInForce(
        boolean own, Map<String, Mode> modes, Map<String, Mode> global, BiConsumer<Rule, ApiCall> tried) {

    /** Where nobody says anything: our precise rules. */
    public static final RulesInForce DEFAULT = new RulesInForce(true, Map.of());

    /** Keeps the modes as they are now. */
    public RulesInForce {
        modes = Map.copyOf(modes);
        global = Map.copyOf(global);
    }

    /** Modes that are the same for all calls; what is only tried is not told anybody. */
    public RulesInForce(boolean own, Map<String, Mode> modes) {
        this(own, modes, modes, (rule, call) -> {});
    }

    /** Only {@code rules}, all of them live. */
    public static RulesInForce live(Collection<Rule> rules) {
        Map<String, Mode> modes = new HashMap<>();
        rules.forEach(rule -> modes.put(rule.name(), Mode.LIVE));
        return new RulesInForce(false, modes);
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

    /** These, and {@code more} in one Region and {@code everywhere} for global services; what is live here stays so. */
    public RulesInForce with(Map<String, Mode> more, Map<String, Mode> everywhere, BiConsumer<Rule, ApiCall> told) {
        return new RulesInForce(own, merged(modes, more), merged(global, everywhere), told);
    }

    private static Map<String, Mode> merged(Map<String, Mode> here, Map<String, Mode> more) {
        Map<String, Mode> all = new HashMap<>(more);
        here.forEach((rule, mode) -> all.merge(rule, mode, RulesInForce::stronger));
        return all;
    }

    /** Of two modes the one that tells more. */
    public static Mode stronger(Mode one, Mode other) {
        return one == Mode.LIVE || other == Mode.OFF ? one : other;
    }

    /** How {@code rule} is on for a call that is, or is not, one of a global service. */
    public Mode of(Rule rule, boolean ofGlobalService) {
        Mode mode = (ofGlobalService ? global : modes).get(rule.name());
        if (mode != null) {
            return mode;
        }
        return own && rule.kind() == Rule.Kind.OWN ? Mode.LIVE : Mode.OFF;
    }
}
