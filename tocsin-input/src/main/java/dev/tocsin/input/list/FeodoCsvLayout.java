package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.Set;

/** abuse.ch Feodo Tracker as CSV: botnet controllers with their port. */
final class FeodoCsvLayout implements CsvLayout {

    @Override
    public String name() {
        return "FEODO_CSV";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("dstip") && columns.contains("dstport");
    }

    @Override
    public void begin(Collector out) {
        out.fallback(Category.C2);
    }

    @Override
    public void row(CsvRow row, Collector out) {
        String value = row.get("dst_ip");
        int port = Details.number(row.get("dst_port"), 0xFFFF);
        if (value == null || port < 0) {
            out.reject(row.line(), "address or port is missing", String.valueOf(value));
            return;
        }
        Details details = Details.NONE
                .port(port)
                .family(row.get("malware"))
                .seen(row.get("first_seen_utc", "firstseen"), row.get("last_online", "lastonline"));
        out.take(row.line(), value, details);
    }
}
