package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import org.jspecify.annotations.Nullable;

/** STIX 2 indicators, in a bundle or a TAXII 2.1 envelope. */
final class Stix2Layout implements JsonLayout {

    @Override
    public String name() {
        return "STIX2";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"objects\"") && (head.contains("\"spec_version\"") || head.contains("\"bundle\""));
    }

    @Override
    public void object(JsonRow row, Collector out) {
        String type = row.get("type");
        String id = row.get("id");
        if (type == null || id == null || !id.contains("--") || type.equals("bundle")) {
            return;
        }
        String pattern = row.get("pattern");
        if (!type.equals("indicator")) {
            out.ignore("STIX object " + type);
        } else if ("true".equals(row.get("revoked"))) {
            out.ignore("revoked");
        } else if (isOver(row.get("valid_until"), out.request().loadedAt())) {
            out.ignore("no longer valid");
        } else if (pattern == null || !isStix(row.get("pattern_type"))) {
            out.ignore("pattern in another language");
        } else {
            StixPattern.read(row.line(), pattern, details(row, id), out);
        }
    }

    private static boolean isOver(@Nullable String until, long now) {
        long end = ListTimes.seconds(until);
        return end > 0 && now > 0 && end <= now;
    }

    private static boolean isStix(@Nullable String language) {
        return language == null || language.equals("stix");
    }

    private static Details details(JsonRow row, String id) {
        String modified = row.get("modified");
        String from = row.get("valid_from");
        return Details.NONE
                .family(row.get("name"))
                .reference(id)
                .category(category(row.get("indicator_types")))
                .seen(from, modified == null ? from : modified)
                .confidence(row.get("confidence"));
    }

    private static @Nullable Category category(@Nullable String types) {
        if (types == null) {
            return null;
        }
        if (types.contains("compromised") || types.contains("anonymization")) {
            return Category.SUSPICIOUS;
        }
        return types.contains("attribution") || types.contains("malicious") ? Category.MALWARE : null;
    }
}
