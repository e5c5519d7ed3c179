package dev.tocsin.input.list;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A MISP event: its attributes that are meant for detection ({@code to_ids}). */
final class MispLayout implements JsonLayout {

    private static final Set<String> SINGLE = Set.of("ip-src", "ip-dst", "domain", "hostname", "url", "sha256");
    private static final Set<String> WITH_PORT = Set.of("ip-src|port", "ip-dst|port", "hostname|port");

    @Override
    public String name() {
        return "MISP";
    }

    @Override
    public boolean fits(Head head) {
        return head.contains("\"Event\"") && head.contains("\"info\"");
    }

    @Override
    public void object(JsonRow row, Collector out) {
        String type = row.get("type");
        String value = row.get("value");
        if (type == null || value == null || !row.has("to_ids")) {
            return;
        }
        if (!"true".equals(row.get("to_ids")) && !"1".equals(row.get("to_ids"))) {
            out.ignore("not meant for detection (to_ids)");
        } else {
            attribute(type, value, row, out);
        }
    }

    private static void attribute(String type, String value, JsonRow row, Collector out) {
        Details details = details(row);
        int bar = value.indexOf('|');
        if (SINGLE.contains(type)) {
            out.take(row.line(), value, details);
        } else if (WITH_PORT.contains(type) && bar > 0) {
            port(value.substring(0, bar), value.substring(bar + 1), row.line(), details, out);
        } else if (type.equals("domain|ip") && bar > 0) {
            out.take(row.line(), value.substring(0, bar), details);
            out.take(row.line(), value.substring(bar + 1), details);
        } else {
            out.ignore("type " + type);
        }
    }

    private static void port(String host, String port, long line, Details details, Collector out) {
        int number = Details.number(port, 0xFFFF);
        if (number <= 0) {
            out.reject(line, "a port is 1 to 65535", host + "|" + port);
        } else {
            out.take(line, host, details.port(number));
        }
    }

    private static Details details(JsonRow row) {
        String last = row.get("last_seen");
        @Nullable String event = row.outer("uuid");
        return Details.NONE
                .family(row.outer("info"))
                .reference(event)
                .seen(row.get("first_seen"), last == null ? row.get("timestamp") : last);
    }
}
