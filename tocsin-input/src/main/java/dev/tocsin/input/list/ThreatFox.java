package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What both forms of abuse.ch ThreatFox say; a row is asked for its members by name. */
final class ThreatFox {

    private ThreatFox() {}

    static void entry(long line, Function<String, @Nullable String> row, Collector out) {
        String value = row.apply("ioc_value");
        if (value == null) {
            out.reject(line, "ioc_value is missing", "");
            return;
        }
        Details details = Details.NONE
                .family(row.apply("malware_printable"))
                .category(category(row.apply("threat_type")))
                .reference(row.apply("reference"))
                .seen(row.apply("first_seen_utc"), row.apply("last_seen_utc"))
                .confidence(row.apply("confidence_level"));
        out.take(line, value, seenOnce(details));
    }

    /** An entry without a last-seen time was last seen when it came in. */
    private static Details seenOnce(Details details) {
        return details.lastSeen() != 0
                ? details
                : new Details(
                        details.port(),
                        details.family(),
                        details.category(),
                        details.reference(),
                        details.cautions(),
                        details.firstSeen(),
                        details.firstSeen(),
                        details.confidence());
    }

    private static @Nullable Category category(@Nullable String threat) {
        return switch (threat == null ? "" : threat) {
            case "botnet_cc" -> Category.C2;
            case "payload_delivery" -> Category.DRIVE_BY;
            case "payload" -> Category.MALWARE;
            case "cc_skimming" -> Category.EXFILTRATION;
            case "phishing" -> Category.PHISHING;
            default -> null;
        };
    }
}
