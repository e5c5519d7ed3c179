package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;

/** abuse.ch ThreatFox as JSON: an object from id to a list of one entry. */
final class ThreatFoxJsonLayout implements JsonLayout {

    @Override
    public String name() {
        return "THREATFOX_JSON";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"ioc_value\"");
    }

    @Override
    public void begin(Head head, Collector out) {
        out.fallback(Category.MALWARE);
    }

    @Override
    public void object(JsonRow row, Collector out) {
        if (row.has("ioc_value") || row.has("ioc_type")) {
            ThreatFox.entry(row.line(), row::get, out);
        }
    }
}
