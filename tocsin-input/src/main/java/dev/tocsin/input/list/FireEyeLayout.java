package dev.tocsin.input.list;

import java.util.Set;

/** FireEye iSIGHT (facts F62): many columns, of which cidr, ip, domain and sha256 are used. */
final class FireEyeLayout implements CsvLayout {

    private static final String[] USED = {"cidr", "ip", "domain", "sha256"};

    @Override
    public String name() {
        return "FIRE_EYE";
    }

    @Override
    public boolean fits(Set<String> columns) {
        return columns.contains("reportid") && columns.contains("threatscape");
    }

    @Override
    public void row(CsvRow row, Collector out) {
        boolean any = false;
        for (String column : USED) {
            String value = row.get(column);
            if (value != null) {
                any = true;
                out.take(row.line(), value, Details.NONE.family(row.get("malwareFamily")));
            }
        }
        if (!any) {
            out.ignore("row without network, address, name or hash");
        }
    }
}
