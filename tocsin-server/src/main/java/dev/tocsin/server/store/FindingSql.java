package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a query for findings into SQL that all dialects understand. */
final class FindingSql {

    /** Attributes with a column of their own; the others lie in the table of attributes. */
    private static final Map<String, String> COLUMNS = Map.of(
            "id",
            "f.id",
            "accountId",
            "f.account",
            "region",
            "f.region",
            "type",
            "f.type",
            "severity",
            "f.severity",
            "updatedAt",
            "f.updated",
            "service.archived",
            "f.archived",
            Cases.STATUS,
            "f.case_status",
            Cases.OWNER,
            "f.case_owner");

    /** Those of them that are numbers. */
    private static final Set<String> NUMBERS = Set.of("severity", "updatedAt");

    /** A value that no column has. */
    private static final Double NEVER = -1.0;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    /** What keeps to the originals. */
    static final String ORIGINALS = " AND NOT EXISTS (SELECT 1 FROM attribute r WHERE r.name = '" + FindingRows.REPLICA
            + "' AND r.text = 'true' AND r.finding = f.number)";

    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    FindingSql(FindingQuery query) {
        // Where an attribute tells which, the index of it is to be taken, not one of accounts or of the order.
        String no = findsByAttribute(query) ? " || ''" : "";
        where.append("f.account" + no + " IN ");
        list(query.accounts());
        where.append(" AND f.region" + no + " IN ");
        list(query.regions());
        query.conditions().forEach(this::condition);
    }

    /** What keeps to the originals, if {@code query} does; beside {@link #where}, as the tally does not know of copies. */
    static String originals(FindingQuery query) {
        return query.originals() ? ORIGINALS : "";
    }

    /** Whether a condition names values of an attribute that has no column, of which an index tells the findings. */
    static boolean findsByAttribute(FindingQuery query) {
        return query.conditions().stream()
                .anyMatch(condition ->
                        !hasColumn(condition.attribute()) && !condition.anyOf().isEmpty());
    }

    /** Whether findings have a column of their own for {@code attribute}. */
    static boolean hasColumn(String attribute) {
        return COLUMNS.containsKey(attribute);
    }

    /** What stands behind WHERE. */
    String where() {
        return where.toString();
    }

    /** What its question marks stand for. */
    List<Object> values() {
        return Collections.unmodifiableList(values);
    }

    /** What findings are sorted by, never null. */
    static String sortBy(@Nullable String attribute) {
        if (attribute == null) {
            return "f.number";
        }
        String column = COLUMNS.get(attribute);
        return column != null
                ? column
                : "COALESCE((SELECT MIN(a.text) FROM attribute a WHERE a.finding = f.number AND a.name = '" + attribute
                        + "'), '')";
    }

    private void condition(FindingCondition condition) {
        String name = condition.attribute();
        if (!condition.anyOf().isEmpty()) {
            where.append(" AND ");
            in(name, condition.anyOf());
        }
        if (!condition.noneOf().isEmpty()) {
            where.append(" AND NOT ");
            in(name, condition.noneOf());
        }
        compare(name, ">", condition.above());
        compare(name, ">=", condition.atLeast());
        compare(name, "<", condition.below());
        compare(name, "<=", condition.atMost());
    }

    private void in(String name, List<String> texts) {
        String column = COLUMNS.get(name);
        if (column == null) {
            where.append("f.number IN (SELECT a.finding FROM attribute a WHERE a.name = ? AND a.text IN ");
            values.add(name);
            list(texts.stream()
                    .flatMap(FindingSql::asStored)
                    .map(KeyText::of)
                    .distinct()
                    .toList());
            where.append(')');
        } else {
            where.append(column).append(" IN ");
            list(texts.stream().map(text -> forColumn(name, text)).toList());
        }
    }

    private void compare(String name, String operator, @Nullable Long bound) {
        if (bound == null) {
            return;
        }
        String column = COLUMNS.get(name);
        if (column == null) {
            where.append(" AND f.number IN (SELECT a.finding FROM attribute a WHERE a.name = ? AND a.number ")
                    .append(operator)
                    .append(" ?)");
            values.add(name);
        } else if (NUMBERS.contains(name)) {
            where.append(" AND ").append(column).append(' ').append(operator).append(" ?");
        } else {
            where.append(" AND 1 = 0"); // no text is beyond a number: SQLite finds every one so, PostgreSQL fails
            return;
        }
        values.add(bound);
    }

    private static Object forColumn(String name, String text) {
        return switch (name) {
            case "severity", "updatedAt" -> Objects.requireNonNullElse(number(text), NEVER);
            case "service.archived" -> text.equals("true") ? (Object) 1 : text.equals("false") ? (Object) 0 : NEVER;
            default -> text;
        };
    }

    /** As it stands, and a number also as numbers are kept. */
    private static Stream<String> asStored(String text) {
        Double number = number(text);
        return number == null ? Stream.of(text) : Stream.of(text, FindingPath.canonical(number));
    }

    private static @Nullable Double number(String text) {
        return NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    private void list(Collection<?> items) {
        where.append('(')
                .append(String.join(", ", Collections.nCopies(items.size(), "?")))
                .append(')');
        values.addAll(items);
    }
}
