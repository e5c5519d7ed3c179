package dev.tocsin.input.list;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the values out of a STIX 2 pattern, where each alone is meant. */
final class StixPattern {

    private static final Pattern COMPARISON = Pattern.compile(
            "([a-z0-9-]+):([A-Za-z0-9_.'\"\\[\\]*-]+?)\\s*(=|!=|IN|NOT|LIKE|MATCHES|ISSUBSET|ISSUPERSET|<=?|>=?)\\s*"
                    + "('(?:[^'\\\\]|\\\\.)*+'|\\([^)]*+\\)|\\d++)");
    private static final Pattern QUOTED = Pattern.compile("'((?:[^'\\\\]|\\\\.)*+)'");
    private static final Pattern TOGETHER = Pattern.compile("\\b(?:AND|FOLLOWEDBY|NOT)\\b");

    private StixPattern() {}

    static void read(long line, String pattern, Details details, Collector out) {
        List<String> values = new ArrayList<>();
        int port = 0;
        int others = 0;
        Matcher comparison = COMPARISON.matcher(pattern);
        while (comparison.find()) {
            String property = comparison.group(1) + ':' + comparison.group(2);
            if (property.equals("network-traffic:dst_port")) {
                port = Math.max(0, Details.number(comparison.group(4), 0xFFFF));
            } else if (isValue(property) && means(comparison.group(3))) {
                values(comparison.group(4), values);
            } else {
                others++;
            }
        }
        boolean together =
                TOGETHER.matcher(QUOTED.matcher(pattern).replaceAll("''")).find();
        if (values.isEmpty() && others == 0 && port == 0) {
            out.reject(line, "not a STIX pattern", pattern);
        } else if (values.isEmpty() || (together && (others > 0 || values.size() > 1))) {
            out.ignore(values.isEmpty() ? "pattern without address, name or hash" : "pattern of several conditions");
        } else {
            take(line, values, details.port(port), out);
        }
    }

    private static void take(long line, List<String> values, Details details, Collector out) {
        for (String value : values) {
            out.take(line, value, details);
        }
    }

    private static boolean isValue(String property) {
        return switch (property) {
            case "ipv4-addr:value",
                    "ipv6-addr:value",
                    "domain-name:value",
                    "url:value",
                    "network-traffic:dst_ref.value",
                    "network-traffic:src_ref.value",
                    "file:hashes.'SHA-256'",
                    "file:hashes.\"SHA-256\"",
                    "file:hashes.SHA256" -> true;
            default -> false;
        };
    }

    private static boolean means(String operator) {
        return operator.equals("=") || operator.equals("IN") || operator.equals("ISSUBSET");
    }

    private static void values(String text, List<String> into) {
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            into.add(quoted.group(1).replace("\\'", "'").replace("\\\\", "\\"));
        }
    }
}
