package dev.tocsin.input.list;

import java.util.Locale;
import java.util.Set;

/** AlienVault OTX pulse export (facts F61): {@code Indicator type,Indicator,Description}. */
final class OtxLayout implements CsvLayout {

    private static final Set<String> USED =
            Set.of("ipv4", "ipv6", "cidr", "domain", "hostname", "domainname", "url", "uri", "sha256");

    @Override
    public String name() {
        return "OTX_CSV";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("indicatortype") && columns.contains("indicator");
    }

    @Override
    public void row(CsvRow row, Collector out) {
        String type = row.get("Indicator type");
        String value = row.get("Indicator");
        if (type == null || value == null) {
            out.reject(row.line(), "type or indicator is missing", String.valueOf(value));
            return;
        }
        String key = CsvRow.key(type);
        if (USED.contains(key)) {
            out.take(row.line(), value, Details.NONE);
        } else {
            out.ignore(key.startsWith("filehash") ? "file hash" : "type " + type.toLowerCase(Locale.ROOT));
        }
    }
}
