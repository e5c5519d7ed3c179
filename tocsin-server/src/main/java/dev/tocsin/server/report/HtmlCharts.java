package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The report's charts: findings over time, by severity, and a line of time for each. */
final class HtmlCharts {

    /** Severity levels, the worst first, as the style sheet names them. */
    static final List<String> LEVELS = List.of("critical", "high", "medium", "low");

    private static final int BARS = 48;
    private static final int HEIGHT = 100;
    private static final int LINES = 60;

    private HtmlCharts() {}

    static void write(Html page, List<FindingState> findings) {
        if (findings.isEmpty()) {
            return;
        }
        page.markup("<div class=\"charts\"><section class=\"card\"><h3>New findings over time</h3>");
        overTime(page, findings);
        page.markup("</section><section class=\"card\"><h3>By severity</h3>");
        for (String level : LEVELS) {
            severity(page, level, count(findings, level), findings.size());
        }
        page.markup("</section></div>\n<h2>Timeline</h2>\n<div class=\"card\">");
        timeline(page, findings);
        page.markup("</div>\n");
    }

    /** How many of {@code findings} are of {@code level}. */
    static long count(List<FindingState> findings, String level) {
        return findings.stream().filter(finding -> level(finding).equals(level)).count();
    }

    /** The level of {@code finding}. */
    static String level(FindingState finding) {
        return Summary.label(finding.severity()).toLowerCase(Locale.ROOT);
    }

    private static void overTime(Html page, List<FindingState> findings) {
        long first = HtmlWriter.first(findings);
        long width = Math.max(1, (HtmlWriter.last(findings) - first) / BARS + 1);
        int[][] counts = new int[BARS][LEVELS.size()];
        for (FindingState finding : findings) {
            counts[(int) ((finding.firstSeen() - first) / width)][LEVELS.indexOf(level(finding))]++;
        }
        int most = 1;
        for (int[] bar : counts) {
            most = Math.max(most, sum(bar));
        }
        page.markup("<svg class=\"over\" viewBox=\"0 0 " + BARS * 10 + " " + HEIGHT
                + "\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Findings over time\">");
        for (int i = 0; i < BARS; i++) {
            bar(page, i, counts[i], most);
        }
        page.markup("</svg><div class=\"ends small soft\">")
                .element("span", HtmlWriter.minute(first))
                .element("span", "at most " + most + " a bar")
                .element("span", HtmlWriter.minute(HtmlWriter.last(findings)))
                .markup("</div>");
    }

    private static int sum(int[] bar) {
        int sum = 0;
        for (int part : bar) {
            sum += part;
        }
        return sum;
    }

    /** One bar, the worst at its foot. */
    private static void bar(Html page, int place, int[] counts, int most) {
        double top = HEIGHT;
        for (int level = 0; level < counts.length; level++) {
            double height = (double) HEIGHT * counts[level] / most;
            top -= height;
            if (counts[level] > 0) {
                rect(page, LEVELS.get(level), place * 10 + 1, top, 8, height);
            }
        }
    }

    private static void rect(Html page, String level, double x, double y, double width, double height) {
        page.markup(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
                level,
                x,
                y,
                width,
                height));
    }

    private static void severity(Html page, String level, long count, int all) {
        page.markup("<div class=\"level\"><span>" + level + "</span>"
                + "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        rect(page, "rest", 0, 0, 100, 10);
        rect(page, level, 0, 0, 100.0 * count / all, 10);
        page.markup("</svg>").element("b", String.valueOf(count)).markup("</div>");
    }

    private static void timeline(Html page, List<FindingState> findings) {
        long first = HtmlWriter.first(findings);
        double span = Math.max(1, HtmlWriter.last(findings) - first);
        int[] inTime = IntStream.range(0, Math.min(findings.size(), LINES))
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> findings.get(i).firstSeen()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : inTime) {
            FindingState finding = findings.get(i);
            double from = 1000 * (finding.firstSeen() - first) / span;
            double width = Math.max(8, 1000 * (finding.lastSeen() - finding.firstSeen()) / span);
            page.markup("<div class=\"row\"><a href=\"#f" + i + "\">").text(finding.type());
            page.markup("</a><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
            rect(page, level(finding), Math.min(from, 1000 - width), 0, width, 10);
            page.markup("</svg></div>");
        }
        page.markup("<div class=\"row\"><span></span><div class=\"ends small soft\">")
                .element("span", HtmlWriter.minute(first))
                .element("span", HtmlWriter.minute(HtmlWriter.last(findings)))
                .markup("</div></div>");
        if (findings.size() > LINES) {
            page.element("p class=\"soft small\"", "The first " + LINES + " by priority of " + findings.size() + ".");
        }
    }
}
