package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.store.FindingQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conditions as requests write them: new operators and old ones that mean the same (F46). */
final class Conditions {
    private static final Map<String, String> OLD = old();

    private Conditions() {}

    private static Map<String, String> old() {
        Map<String, String> old = new LinkedHashMap<>();
        old.put("eq", "equals");
        old.put("neq", "notEquals");
        old.put("gt", "greaterThan");
        old.put("gte", "greaterThanOrEqual");
        old.put("lt", "lessThan");
        old.put("lte", "lessThanOrEqual");
        return old;
    }

    static FindingQuery.Condition of(String attribute, Doc condition) {
        Doc by = new Doc().withAll(condition);
        OLD.forEach((shorter, longer) -> {
            if (by.get(longer) == null) {
                by.with(longer, by.get(shorter));
            }
        });
        if (by.get("matches") != null || by.get("notMatches") != null) {
            throw ApiException.invalid("findingCriteria", "matches and notMatches are for filters alone.");
        }
        return new FindingQuery.Condition(
                attribute,
                texts(by, "equals"),
                texts(by, "notEquals"),
                number(by, "greaterThan"),
                number(by, "greaterThanOrEqual"),
                number(by, "lessThan"),
                number(by, "lessThanOrEqual"));
    }

    private static List<String> texts(Doc by, String name) {
        return by.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable Long number(Doc by, String name) {
        return by.get(name) instanceof Long number ? number : null;
    }
}
