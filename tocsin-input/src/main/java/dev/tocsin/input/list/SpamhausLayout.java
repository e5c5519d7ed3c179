package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;

/** Spamhaus DROP as JSON lines: hijacked networks, and a last line about the list. */
final class SpamhausLayout implements JsonLayout {

    @Override
    public String name() {
        return "SPAMHAUS_JSON";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"cidr\"") && head.contains("\"sblid\"");
    }

    @Override
    public void begin(Head head, Collector out) {
        out.fallback(Category.MALWARE);
    }

    @Override
    public void object(JsonRow row, Collector out) {
        String cidr = row.get("cidr");
        if (cidr != null) {
            out.take(row.line(), cidr, Details.NONE.reference(row.get("sblid")));
        } else if (row.has("timestamp")) {
            out.comment("Last updated: " + row.get("timestamp"));
        } else {
            out.reject(row.line(), "cidr is missing", "");
        }
    }
}
