package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import java.util.Set;

/** abuse.ch URLhaus: places malware is fetched from; used where the host is an address. */
final class UrlhausLayout implements CsvLayout {

    @Override
    public String name() {
        return "URLHAUS_CSV";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("dateadded") && columns.contains("url") && columns.contains("urlstatus");
    }

    @Override
    public void begin(Collector out) {
        out.fallback(Category.DRIVE_BY);
    }

    @Override
    public void row(CsvRow row, Collector out) {
        String url = row.get("url");
        if (url == null) {
            out.reject(row.line(), "url is missing", "");
            return;
        }
        String added = row.get("dateadded");
        String last = row.get("last_online");
        Details details = Details.NONE
                .family(row.get("tags"))
                .reference(row.get("urlhaus_link"))
                .seen(added, last == null ? added : last);
        out.take(row.line(), url, details);
    }
}
