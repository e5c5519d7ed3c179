package dev.tocsin.server.report;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why there is a finding, for a person at a terminal: the records, the list entries, the trigger's words. */
public final class FindingText {

    private static final long DAY_SECONDS = 24 * 60 * 60;

    private static final Set<String> SCANS = Set.of("Recon:EC2/Portscan", "Impact:EC2/PortSweep");

    private final Doc document;
    private final PrintWriter out;

    /** Writes about the finding that {@code document} is to {@code out}. */
    public FindingText(Doc document, PrintWriter out) {
        this.document = document;
        this.out = out;
    }

    /** Writes all of it. */
    public void write() {
        Doc tocsin = document.part("tocsin");
        String type = String.valueOf(document.text("type"));
        out.println(type);
        line(
                "finding",
                document.text("id") + " in account " + document.text("accountId") + ", " + document.text("region"));
        line("title", document.text("title"));
        what(document);
        Doc service = document.part("service");
        line(
                "seen",
                service.number("count", 1) + " times, " + service.text("eventFirstSeen") + " to "
                        + service.text("eventLastSeen"));
        Doc priority = tocsin.part("priority");
        line(
                "severity",
                String.format(Locale.ROOT, "%.1f", severity()) + "; look " + priority.text("level") + ": "
                        + texts(priority.get("reasons")));
        FindingType known = Detectors.types().get(type);
        if (known != null) {
            line("fires", "when " + known.firesWhen());
        }
        sequence(tocsin.part("sequence"));
        line("part of", document.text("associatedAttackSequenceArn"));
        evidence(tocsin.part("evidence"));
        unknown(tocsin);
        line("next", tocsin.text("nextSteps"));
        if (SCANS.contains(type)) {
            line("yours?", "a scanner of your own is named with --authorized-scanner " + Summary.resource(document));
        }
    }

    /** The description, of an attack sequence with what happened in order, a line each. */
    private void what(Doc finding) {
        String label = "what";
        for (String one : String.valueOf(finding.text("description")).split("\n", -1)) {
            line(label, one.stripTrailing());
            label = "";
        }
    }

    /** What the verdict of an attack sequence rests on. */
    private void sequence(Doc verdict) {
        if (!verdict.isEmpty()) {
            line(
                    "bits",
                    verdict.get("bits") + ": place and tool " + verdict.get("contextBits") + ", clues "
                            + verdict.get("clueBits"));
            verdict.part("tacticBits").members().forEach((tactic, bits) -> line("", tactic + " " + bits));
        }
    }

    private void evidence(Doc evidence) {
        for (Doc entry : JsonText.objects(evidence.get("intelligence"))) {
            line("listed", listed(entry));
        }
        activity(evidence.part("activity"));
        baseline(document.part("service").part("additionalInfo").part("baseline"));
        score(document.part("service").part("additionalInfo").part("score"));
        record("trigger", evidence.part("trigger"));
        for (Doc one : JsonText.objects(evidence.get("records"))) {
            if (!one.equals(evidence.part("trigger"))) {
                record("record", one);
            }
        }
    }

    private String listed(Doc entry) {
        long seen = entry.number("lastSeen", 0);
        String age = seen <= 0
                ? "undated"
                : "last seen " + Times.iso(seen).substring(0, 10) + ", "
                        + Math.max(0, (lastSeen() - seen) / DAY_SECONDS) + " days before";
        String threat = entry.text("threat") == null ? "" : ", " + entry.text("threat");
        String reference = entry.text("reference") == null ? "" : ", see " + entry.text("reference");
        return entry.text("entry") + " as " + entry.text("category") + " in list " + entry.text("list") + ", " + age
                + threat + reference;
    }

    private void record(String label, Doc one) {
        if (one.isEmpty()) {
            return;
        }
        String id = one.text("eventID") == null ? "" : ", eventID " + one.text("eventID");
        line(label, one.text("time") + " in " + one.text("source") + " at " + one.number("position", 0) + id);
        one.part("fields").members().forEach((name, value) -> line("", name + " = " + JsonText.shown(value)));
    }

    private void unknown(Doc tocsin) {
        if (tocsin.get("unknown") instanceof List<?> reasons) {
            line("unknown", texts(reasons));
        }
    }

    private void baseline(Doc usual) {
        if (usual.text("of") != null) {
            line(
                    "usual",
                    "on " + usual.number("days", 0) + " days before at most " + usual.number("highest", 0) + " "
                            + usual.text("of"));
        }
    }

    /** What is unusual for an identity by its parts, and what is usual with days of the last month. */
    private void score(Doc score) {
        line("bits", score.text("thresholds"));
        line("of", score.text("parts"));
        score.part("usual").members().forEach((feature, values) -> line("usual", feature + ": " + values));
    }

    private void activity(Doc activity) {
        List<Doc> bins = JsonText.objects(activity.get("bins"));
        if (bins.size() > 1) {
            line("course", activity.text("of") + " in " + activity.number("binSeconds", 0) / 60 + " minutes:");
            bins.forEach(bin -> line("", bin.text("start") + "  " + bin.number("count", 0)));
        }
    }

    private static String texts(@Nullable Object list) {
        return list instanceof List<?> values
                ? String.join(", ", values.stream().map(String::valueOf).toList())
                : "";
    }

    private void line(String label, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            out.printf(Locale.ROOT, "  %-9s %s%n", label, Plain.text(text));
        }
    }

    private double severity() {
        return document.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }

    /** Epoch seconds. */
    private long lastSeen() {
        return Instant.parse(String.valueOf(document.part("service").text("eventLastSeen")))
                .getEpochSecond();
    }
}
