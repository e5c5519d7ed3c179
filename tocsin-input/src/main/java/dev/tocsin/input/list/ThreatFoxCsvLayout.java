package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.Set;

/** abuse.ch ThreatFox as CSV, its header in a comment. */
final class ThreatFoxCsvLayout implements CsvLayout {

    @Override
    public String name() {
        return "THREATFOX_CSV";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("iocvalue") && columns.contains("ioctype");
    }

    @Override
    public void begin(Collector out) {
        out.fallback(Category.MALWARE);
    }

    @Override
    public void row(CsvRow row, Collector out) {
        ThreatFox.entry(row.line(), row::get, out);
    }
}
