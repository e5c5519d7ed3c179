package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Proofpoint ET reputation (facts F63): {@code ip} or {@code domain}, category, score, first and last seen, ports. */
final class ProofPointLayout implements CsvLayout {

    @Override
    public String name() {
        return "PROOF_POINT";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("category")
                && columns.contains("score")
                && (columns.contains("ip") || columns.contains("domain"));
    }

    @Override
    public void row(CsvRow row, Collector out) {
        String value = row.get("ip", "domain");
        String category = row.get("category");
        if (value == null) {
            out.reject(row.line(), "address or name is missing", String.valueOf(category));
            return;
        }
        Details details = Details.NONE
                .family(category)
                .category(category(category))
                .seen(row.get("first_seen"), row.get("last_seen"))
                .confidence(row.get("score"));
        out.take(row.line(), value, details);
    }

    private static @Nullable Category category(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "cnc", "bot", "spywarecnc", "mobile_cnc" -> Category.C2;
            case "scanner" -> Category.SCANNER;
            case "tor" -> Category.TOR;
            case "drop" -> Category.EXFILTRATION;
            case "drivebysrc", "exploit source" -> Category.DRIVE_BY;
            case "sinkhole" -> Category.BLACKHOLE;
            case "parking" -> Category.PARKING;
            default -> null;
        };
    }
}
