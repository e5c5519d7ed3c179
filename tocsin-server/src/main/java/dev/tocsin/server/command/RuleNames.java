package dev.tocsin.server.command;

import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.core.rule.RulesInForce.Mode;
import dev.tocsin.server.config.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --rules} may name: a group of rules, or one. */
final class RuleNames {

    private static final Set<String> GROUPS = Set.of("none", "own", "library", "all");

    private RuleNames() {}

    /** The rules that {@code named} turns on; ours that are precise if nothing is named. */
    static RulesInForce inForce(CommandSpec spec, List<String> named) {
        if (named.isEmpty()) {
            return RulesInForce.DEFAULT;
        }
        boolean own = false;
        Map<String, Mode> modes = new HashMap<>();
        for (String name : named) {
            switch (name) {
                case "none" -> {}
                case "own" -> own = true;
                case "library" -> Rules.LIBRARY.forEach(rule -> modes.put(rule.name(), Mode.LIVE));
                case "all" -> Rules.ALL.forEach(rule -> modes.put(rule.name(), Mode.LIVE));
                default -> modes.put(rule(spec, name).name(), Mode.LIVE);
            }
        }
        if (named.contains("none") && named.size() > 1) {
            throw Inputs.wrong(spec, "--rules: none stands alone");
        }
        return new RulesInForce(own, modes);
    }

    private static Rule rule(CommandSpec spec, String name) {
        return Rules.named(name).orElseThrow(() -> {
            Set<String> known = Rules.ALL.stream().map(Rule::name).collect(Collectors.toCollection(TreeSet::new));
            known.addAll(GROUPS);
            return Inputs.wrong(
                    spec,
                    "--rules: no rule '" + name + "'" + Nearest.hint(name, known)
                            + ": expected none, own, library, all or names that 'tocsin rules' lists");
        });
    }
}
