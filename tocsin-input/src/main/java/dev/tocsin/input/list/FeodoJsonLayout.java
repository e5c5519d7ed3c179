package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;

/** abuse.ch Feodo Tracker as JSON: an array of botnet controllers. */
final class FeodoJsonLayout implements JsonLayout {

    @Override
    public String name() {
        return "FEODO_JSON";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"ip_address\"");
    }

    @Override
    public void begin(Head head, Collector out) {
        out.fallback(Category.C2);
    }

    @Override
    public void object(JsonRow row, Collector out) {
        String value = row.get("ip_address");
        if (value == null) {
            out.reject(row.line(), "ip_address is missing", "");
            return;
        }
        Details details = Details.NONE
                .port(Math.max(0, Details.number(row.get("port"), 0xFFFF)))
                .family(row.get("malware"))
                .seen(row.get("first_seen"), row.get("last_online"));
        out.take(row.line(), value, details);
    }
}
