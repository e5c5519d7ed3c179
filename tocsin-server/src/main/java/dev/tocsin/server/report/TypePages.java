package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingType;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reference pages of finding types in Markdown, made from what detectors declare; nobody edits them. */
public final class TypePages {

    /** The first line of every page. */
    public static final String MADE =
            "<!-- Made by 'tocsin types --markdown docs/finding-types'. Change the detector, not"
                    + " this page. -->\n\n";

    private TypePages() {}

    /** All pages by file name, with the index {@code README.md}. */
    public static Map<String, String> of(Collection<FindingType> types) {
        List<FindingType> sorted =
                types.stream().sorted(Comparator.comparing(FindingType::name)).toList();
        Map<String, String> pages = new TreeMap<>();
        pages.put("README.md", index(sorted));
        sorted.forEach(type -> pages.put(fileName(type), page(type)));
        return pages;
    }

    /** The name of the page of {@code type}. */
    static String fileName(FindingType type) {
        return type.name().replaceAll("[^A-Za-z0-9.]+", "-") + ".md";
    }

    private static String index(List<FindingType> types) {
        StringBuilder page = new StringBuilder(MADE)
                .append("# Finding types\n\n")
                .append(types.size())
                .append(" types. `tocsin types TYPE` prints a page on the terminal.\n\n")
                .append("| type | severity | read from | feature | needs a list of |\n")
                .append("| --- | --- | --- | --- | --- |\n");
        for (FindingType type : types) {
            page.append(String.format(
                    Locale.ROOT,
                    "| [%s](%s) | %s | %s | %s | %s |\n",
                    type.name(),
                    fileName(type),
                    severity(type),
                    Coverage.name(type.source()),
                    type.feature(),
                    String.join(", ", type.needs())));
        }
        return page.toString();
    }

    private static String page(FindingType type) {
        StringBuilder page =
                new StringBuilder(MADE).append("# ").append(type.name()).append("\n\n");
        facts(type)
                .forEach((name, value) -> page.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        section(page, "Fires when", type.firesWhen());
        section(page, "Does not see", type.doesNotSee());
        section(page, "What to do", type.nextSteps());
        section(page, "What the finding says", "> **" + type.title() + "**\n>\n> " + type.description());
        return page.append("\nNames in braces stand for facts of the event.\n").toString();
    }

    /** What is known of {@code type} in few words, by name. */
    public static Map<String, String> facts(FindingType type) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("severity", severity(type));
        facts.put("source", Coverage.name(type.source()));
        facts.put("feature", type.feature().name());
        facts.put("resource", type.resource().wire() + ", " + type.role().name().toLowerCase(Locale.ROOT));
        if (type.technique() != null) {
            facts.put("technique", type.technique());
        }
        if (!type.needs().isEmpty()) {
            facts.put("needs", type.needs().stream().collect(Collectors.joining(", ", "a list of category ", "")));
        }
        if (Coverage.isHabit(type)) {
            facts.put("learns", Coverage.LEARN_DAYS + " days before it speaks in full");
        }
        type.thresholds().forEach((name, value) -> facts.put(name, value));
        facts.put("version", String.valueOf(type.version()));
        return facts;
    }

    private static String severity(FindingType type) {
        return Summary.label(type.severity()).toLowerCase(Locale.ROOT) + " (" + type.severity() + ")";
    }

    private static void section(StringBuilder page, String name, String text) {
        page.append("\n## ").append(name).append("\n\n").append(text).append('\n');
    }
}
