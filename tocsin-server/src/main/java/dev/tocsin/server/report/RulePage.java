package dev.tocsin.server.report;

import dev.tocsin.core.rule.Rule;
import java.util.List;
import java.util.Locale;

/** The reference page of named rules. */
public final class RulePage {

    /** What a page made here begins with. */
    static final String MADE = "<!-- Made by 'tocsin rules --markdown': change the rules instead. -->\n\n";

    private RulePage() {}

    /** The page of {@code rules}. */
    public static String of(List<Rule> rules) {
        StringBuilder page = new StringBuilder(MADE)
                .append("# Named rules\n\n")
                .append(rules.size())
                .append(
                        " rules. `tocsin rules NAME` shows one with its condition; docs/rules.md says how they are used.\n\n")
                .append("| rule | group | severity | finding type | tells that |\n")
                .append("| --- | --- | --- | --- | --- |\n");
        for (Rule rule : rules) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | [%s](finding-types/%s) | %s |\n",
                    rule.name(),
                    group(rule),
                    rule.severity().name().toLowerCase(Locale.ROOT),
                    rule.type().name(),
                    TypePages.fileName(rule.type()),
                    rule.what()));
        }
        return page.toString();
    }

    /** The group of --rules that turns {@code rule} on; 'all' turns on everything. */
    public static String group(Rule rule) {
        return switch (rule.kind()) {
            case LIBRARY -> "library";
            case OWN -> "own";
            case NOTABLE -> "all";
        };
    }
}
