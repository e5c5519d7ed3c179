package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition on one API call: says which fields it reads, and itself in the SQL of GuardDuty's rules (F80). */
public interface When {

    /** No condition: the call itself is enough. */
    When ALWAYS = of("TRUE", List.of(), call -> true);

    /** Whether {@code call} meets it; {@code affiliated} accounts are the operator's, beside the call's own. */
    boolean holds(ApiCall call, Set<String> affiliated);

    /** The fields below the envelope that it reads. */
    List<FieldPath> fields();

    /** It in words of SQL, as a rule's definition shows it. */
    String sql();

    /** A condition of its parts, for which it is the same whose other accounts are. */
    static When of(String sql, List<FieldPath> fields, Predicate<ApiCall> test) {
        return ofAccounts(sql, fields, (call, affiliated) -> test.test(call));
    }

    /** A condition of its parts; the test is given the accounts that are the operator's. */
    static When ofAccounts(String sql, List<FieldPath> fields, BiPredicate<ApiCall, Set<String>> test) {
        return new When() {
            @Override
            public boolean holds(ApiCall call, Set<String> affiliated) {
                return test.test(call, affiliated);
            }

            @Override
            public List<FieldPath> fields() {
                return fields;
            }

            @Override
            public String sql() {
                return sql;
            }
        };
    }

    /** All of {@code conditions}. */
    static When all(When... conditions) {
        return joined(" AND ", conditions, false);
    }

    /** Any of {@code conditions}. */
    static When any(When... conditions) {
        return joined(" OR ", conditions, true);
    }

    /** They hold as soon as one of them is {@code decided}, else not; in a loop, as they are asked for each call. */
    private static When joined(String between, When[] conditions, boolean decided) {
        return ofAccounts(
                Stream.of(conditions).map(When::sql).collect(Collectors.joining(between, "(", ")")),
                Stream.of(conditions)
                        .flatMap(one -> one.fields().stream())
                        .distinct()
                        .toList(),
                (call, own) -> {
                    for (When one : conditions) {
                        if (one.holds(call, own) == decided) {
                            return decided;
                        }
                    }
                    return !decided;
                });
    }

    /** Not {@code condition}. */
    static When not(When condition) {
        return ofAccounts("NOT " + condition.sql(), condition.fields(), (call, own) -> !condition.holds(call, own));
    }
}
