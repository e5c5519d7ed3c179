package dev.tocsin.server.deliver.form;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a schema says of documents, as a table: a line an attribute with object, name, type and requirement. A type is
 * string, integer, boolean, any, an object's name, or one of these in brackets for a list; behind a string or number may stand
 * {@code =} and the values allowed. An object's line {@code name * at-least-one a,b} asks for one of them.
 */
final class SchemaTable {

    private final Map<String, Map<String, String[]>> objects = new HashMap<>();
    private final Map<String, List<String>> oneOf = new HashMap<>();

    SchemaTable(String table) {
        for (String line : table.split("\n", -1)) {
            String[] parts = line.strip().split("\\s+", -1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (parts[1].equals("*")) {
                oneOf.put(parts[0], List.of(parts[3].split(",", -1)));
            } else {
                objects.computeIfAbsent(parts[0], name -> new LinkedHashMap<>())
                        .put(parts[1], new String[] {parts[2], parts.length > 3 ? parts[3] : ""});
            }
        }
    }

    /** All that is wrong with {@code doc} as a {@code name}. */
    List<String> problems(String name, Doc doc) {
        List<String> problems = new ArrayList<>();
        check(name, doc, name, problems);
        return problems;
    }

    private void check(String name, Doc doc, String path, List<String> problems) {
        Map<String, String[]> known = objects.getOrDefault(name, Map.of());
        if (known.isEmpty()) {
            problems.add(path + ": the table has no " + name);
        }
        known.forEach((attribute, is) -> {
            if (is[1].equals("required") && doc.get(attribute) == null) {
                problems.add(path + "." + attribute + " is missing");
            }
        });
        List<String> some = oneOf.get(name);
        if (some != null && some.stream().allMatch(one -> doc.get(one) == null)) {
            problems.add(path + " has none of " + some);
        }
        doc.members().forEach((attribute, value) -> {
            String[] is = known.get(attribute);
            if (is == null) {
                problems.add(path + "." + attribute + " is not known");
            } else {
                value(is[0], value, path + "." + attribute, problems);
            }
        });
    }

    private void value(String type, Object value, String path, List<String> problems) {
        if (type.startsWith("[")) {
            if (value instanceof List<?> list && !list.isEmpty()) {
                list.forEach(one -> value(type.substring(1, type.length() - 1), one, path + "[]", problems));
            } else {
                problems.add(path + " is no list with something in it");
            }
            return;
        }
        int sign = type.indexOf('=');
        String plain = sign < 0 ? type : type.substring(0, sign);
        boolean right = switch (plain) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "any" -> true;
            default -> value instanceof Doc;
        };
        if (!right) {
            problems.add(path + " is no " + plain + ": " + value);
        } else if (sign >= 0 && !Set.of(type.substring(sign + 1).split(",", -1)).contains(String.valueOf(value))) {
            problems.add(path + " is none of " + type.substring(sign + 1) + ": " + value);
        } else if (value instanceof Doc doc && !plain.equals("any")) {
            check(plain, doc, path, problems);
        }
    }
}
