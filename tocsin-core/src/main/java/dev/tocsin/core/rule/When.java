package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition on one API call: says which fields it reads, and itself in the SQL of GuardDuty's rules (F80). */
public interface When {

    /** No condition: the call itself is enough. */
    When ALWAYS = of("TRUE", List.of(), call -> true);

    /** Whether {@code call} meets it. */
    boolean holds(ApiCall call);

    /** The fields below the envelope that it reads. */
    List<FieldPath> fields();

    /** It in words of SQL, as a rule's definition shows it. */
    String sql();

    /** A condition of its parts. */
    static When of(String sql, List<FieldPath> fields, Predicate<ApiCall> test) {
        return new When() {
            @Override
            public boolean holds(ApiCall call) {
                return test.test(call);
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
        return joined(" AND ", call -> Stream.of(conditions).allMatch(one -> one.holds(call)), conditions);
    }

    /** Any of {@code conditions}. */
    static When any(When... conditions) {
        return joined(" OR ", call -> Stream.of(conditions).anyMatch(one -> one.holds(call)), conditions);
    }

    private static When joined(String between, Predicate<ApiCall> test, When... conditions) {
        return of(
                Stream.of(conditions).map(When::sql).collect(Collectors.joining(between, "(", ")")),
                Stream.of(conditions)
                        .flatMap(one -> one.fields().stream())
                        .distinct()
                        .toList(),
                test);
    }

    /** Not {@code condition}. */
    static When not(When condition) {
        return of("NOT " + condition.sql(), condition.fields(), call -> !condition.holds(call));
    }
}
