package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a call below the envelope, from which conditions are made. Texts are compared without regard to case; a list
 * or object is its JSON text.
 *
 * @param path the field
 */
public record Field(FieldPath path) {

    /** The request parameter {@code name}. */
    public static Field request(String name) {
        return new Field(FieldPath.of("requestParameters." + name));
    }

    /** The member {@code name} of the answer. */
    public static Field response(String name) {
        return new Field(FieldPath.of("responseElements." + name));
    }

    /** The member {@code name} of additionalEventData. */
    public static Field additional(String name) {
        return new Field(FieldPath.of("additionalEventData." + name));
    }

    /** Its value in {@code call}; empty if absent. */
    String of(ApiCall call) {
        @Nullable String value = call.field(path);
        return value == null ? "" : value;
    }

    /** It is one of {@code values}. */
    public When is(String... values) {
        Set<String> wanted = Stream.of(values).map(Field::lower).collect(Collectors.toUnmodifiableSet());
        return when(
                sql() + " IN (" + Stream.of(values).map(Field::quoted).collect(Collectors.joining(", ")) + ")",
                value -> wanted.contains(lower(value)));
    }

    /** It is there, and no empty text, list or object. */
    public When exists() {
        return when(
                sql() + " IS NOT NULL",
                value -> !value.isBlank() && !value.equals("{}") && !value.equals("[]") && !value.equals("null"));
    }

    /** One of {@code parts} stands in it. */
    public When contains(String... parts) {
        List<String> wanted = Stream.of(parts).map(Field::lower).toList();
        return when(
                Stream.of(parts)
                        .map(part -> sql() + " LIKE " + quoted("%" + part + "%"))
                        .collect(Collectors.joining(" OR ", "(", ")")),
                value -> wanted.stream().anyMatch(lower(value)::contains));
    }

    /** It ends with one of {@code ends}. */
    public When endsWith(String... ends) {
        List<String> wanted = Stream.of(ends).map(Field::lower).toList();
        return when(
                Stream.of(ends)
                        .map(end -> sql() + " LIKE " + quoted("%" + end))
                        .collect(Collectors.joining(" OR ", "(", ")")),
                value -> wanted.stream().anyMatch(lower(value)::endsWith));
    }

    /** {@code regex} is found in it. */
    public When matches(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return when(
                "regexp_like(" + sql() + ", " + quoted(regex) + ")",
                value -> pattern.matcher(value).find());
    }

    /** It names an account that is not the operator's. */
    public When namesForeignAccount() {
        return When.ofAccounts(
                "names_other_account(" + sql() + ", recipientAccountId)",
                List.of(path),
                (call, affiliated) -> Accounts.names(of(call), call.account(), affiliated));
    }

    /** It is a policy with a principal of an account that is not the operator's, which is allowed something. */
    public When allowsForeignAccount() {
        return When.ofAccounts(
                "get_aws_principal(" + sql() + ", 'Allow') <> recipientAccountId",
                List.of(path),
                (call, affiliated) -> PolicyText.of(of(call)).allowsOthers(call.account(), affiliated));
    }

    /** It is a policy that allows everybody something. */
    public When isPublicPolicy() {
        return when(
                "policy_has_public_principal(" + sql() + ", 'Allow')",
                value -> PolicyText.of(value).allowsEverybody());
    }

    /** It is a policy that allows every action on every resource. */
    public When allowsEverything() {
        return when(
                "policy_allows_all_actions(" + sql() + ")",
                value -> PolicyText.of(value).allowsEverything());
    }

    /** A condition on its text. */
    When when(String sql, Predicate<String> test) {
        return When.of(sql, List.of(path), call -> test.test(of(call)));
    }

    /** It in SQL: a member of a JSON column. */
    String sql() {
        int dot = path.text().indexOf('.');
        return dot < 0
                ? path.text()
                : "get_json_object(" + path.text().substring(0, dot) + ", '$"
                        + path.text().substring(dot) + "')";
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
