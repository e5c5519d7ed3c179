package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.util.List;

/** One finding in the report: what happened, what to do, why it was said. */
final class HtmlFinding {

    /** Records shown without a click. */
    private static final int OPEN_RECORDS = 3;

    private HtmlFinding() {}

    static void write(Html page, FindingState finding, int place) {
        Doc document = finding.document();
        String level = HtmlCharts.level(finding);
        page.markup("<details class=\"finding " + level + "\" id=\"f" + place + "\"" + (place == 0 ? " open" : "")
                + "><summary>");
        page.element("span class=\"badge " + level + "\"", Summary.label(finding.severity()));
        page.element("span class=\"title\"", text(document, "title"));
        page.markup("<div class=\"meta\">")
                .element("span", "look: " + Summary.priority(finding))
                .element("span", finding.type())
                .element("span", finding.account() + " " + finding.region())
                .element("span", "last " + HtmlWriter.minute(finding.lastSeen()))
                .markup("</div></summary><div>");
        body(page, finding, document);
        page.markup("</div></details>\n");
    }

    private static void body(Html page, FindingState finding, Doc document) {
        Doc tocsin = document.part("tocsin");
        page.markup("<h3>What happened</h3>");
        for (String line : text(document, "description").split("\n", -1)) {
            if (!line.isBlank()) {
                page.element("p", line.strip());
            }
        }
        page.markup("<dl>");
        pair(page, "Resource", Summary.resource(finding));
        pair(page, "Count", String.valueOf(document.part("service").number("count", 0)));
        pair(page, "First seen", HtmlWriter.minute(finding.firstSeen()) + " UTC");
        pair(page, "Last seen", HtmlWriter.minute(finding.lastSeen()) + " UTC");
        pair(page, "Technique", text(tocsin, "technique"));
        pair(page, "Why look " + Summary.priority(finding), joined(tocsin.part("priority"), "reasons"));
        pair(page, "Finding id", finding.id());
        pair(page, "Part of", text(document, "associatedAttackSequenceArn"));
        page.markup("</dl><div class=\"next\"><h3>What to do next</h3>").text(text(tocsin, "nextSteps"));
        page.markup("</div>");
        evidence(page, tocsin.part("evidence"));
    }

    private static void evidence(Html page, Doc evidence) {
        for (Doc match : docs(evidence, "intelligence")) {
            page.markup("<h3>List entry that matched</h3><dl>");
            match.members().forEach((name, value) -> pair(page, name, String.valueOf(value)));
            page.markup("</dl>");
        }
        activity(page, evidence.part("activity"));
        List<Doc> records = docs(evidence, "records");
        Doc trigger = evidence.at("trigger");
        if (!records.isEmpty()) {
            page.element("h3", "Evidence: " + records.size() + (records.size() == 1 ? " record" : " records"));
        }
        records.stream().limit(OPEN_RECORDS).forEach(record -> record(page, record, record.equals(trigger)));
        if (records.size() > OPEN_RECORDS) {
            page.markup("<details class=\"more\">")
                    .element("summary", (records.size() - OPEN_RECORDS) + " more records");
            records.stream().skip(OPEN_RECORDS).forEach(record -> record(page, record, record.equals(trigger)));
            page.markup("</details>");
        }
        if (trigger != null && !records.contains(trigger)) {
            record(page, trigger, true);
        }
    }

    private static void activity(Html page, Doc activity) {
        List<Doc> bins = docs(activity, "bins");
        if (bins.size() > 1) {
            page.element(
                            "h3",
                            "Course: " + text(activity, "of") + " in " + activity.number("binSeconds", 0) / 60
                                    + " minutes")
                    .markup("<dl>");
            bins.forEach(bin -> pair(page, text(bin, "start"), String.valueOf(bin.number("count", 0))));
            page.markup("</dl>");
        }
    }

    private static void record(Html page, Doc record, boolean trigger) {
        page.markup("<div class=\"record" + (trigger ? " trigger" : "") + "\"><div class=\"meta\">")
                .element("span", text(record, "time") + (trigger ? " (made it a finding)" : ""))
                .element("span", text(record, "source") + " at " + record.number("position", 0))
                .element("span", record.text("eventID") == null ? "" : "eventID " + record.text("eventID"))
                .markup("</div><dl>");
        record.part("fields").members().forEach((name, value) -> pair(page, name, String.valueOf(value)));
        page.markup("</dl></div>");
    }

    private static void pair(Html page, String name, String value) {
        if (!value.isEmpty()) {
            page.element("dt", name).element("dd", value);
        }
    }

    private static String text(Doc doc, String name) {
        String text = doc.text(name);
        return text == null ? "" : text;
    }

    private static String joined(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? String.join("; ", list.stream().map(String::valueOf).toList())
                : "";
    }

    private static List<Doc> docs(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }
}
