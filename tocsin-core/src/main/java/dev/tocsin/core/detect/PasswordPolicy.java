package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An account's password policy.
 *
 * @param length fewest characters
 * @param kinds kinds of character required: upper case, lower case, digits, symbols
 * @param maxAge days until a password expires, 0 for never
 * @param reuse passwords remembered, 0 for none
 */
record PasswordPolicy(long length, int kinds, long maxAge, long reuse) {

    /** The members of UpdateAccountPasswordPolicy that make it weaker or stronger. */
    static final List<String> MEMBERS = List.of(
            "minimumPasswordLength",
            "requireSymbols",
            "requireNumbers",
            "requireUppercaseCharacters",
            "requireLowercaseCharacters",
            "maxPasswordAge",
            "passwordReusePrevention");

    /** What AWS asks of an account without a policy: eight characters, three kinds of four (IAM user guide). */
    static final PasswordPolicy DEFAULT = new PasswordPolicy(8, 3, 0, 0);

    /** A policy that leaves the length out has this many characters (IAM API reference). */
    static final long LENGTH_IF_ABSENT = 6;

    static final long SHORTENED_MUCH = 4;

    /** A policy of members by name; those that are absent have the API's defaults. */
    static PasswordPolicy of(Function<String, @Nullable Object> members) {
        if (members.apply("kinds") instanceof Long kinds) {
            return new PasswordPolicy(
                    number(members.apply(MEMBERS.getFirst()), LENGTH_IF_ABSENT),
                    kinds.intValue(),
                    number(members.apply("maxPasswordAge"), 0),
                    number(members.apply("passwordReusePrevention"), 0));
        }
        int kinds = 0;
        for (String member : MEMBERS.subList(1, 5)) {
            kinds += "true".equalsIgnoreCase(String.valueOf(members.apply(member))) ? 1 : 0;
        }
        return new PasswordPolicy(
                number(members.apply(MEMBERS.getFirst()), LENGTH_IF_ABSENT),
                kinds,
                number(members.apply("maxPasswordAge"), 0),
                number(members.apply("passwordReusePrevention"), 0));
    }

    private static long number(@Nullable Object value, long absent) {
        String text = String.valueOf(value);
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : absent;
    }

    /** What is weaker here than in {@code old}, one entry a step, in words. */
    List<String> weakerThan(PasswordPolicy old) {
        List<String> weaker = new ArrayList<>();
        if (length < old.length) {
            weaker.add("shortest length " + length + " instead of " + old.length);
            if (old.length - length >= SHORTENED_MUCH) {
                weaker.add("by " + (old.length - length) + " characters");
            }
        }
        for (int wanted = old.kinds - 1; wanted >= kinds; wanted--) {
            weaker.add(wanted + " kinds of character instead of " + (wanted + 1));
        }
        if (old.maxAge > 0 && (maxAge == 0 || maxAge > old.maxAge)) {
            weaker.add(maxAge == 0 ? "passwords no longer expire" : "expiry after " + maxAge + " days");
        }
        if (reuse < old.reuse) {
            weaker.add(reuse + " passwords remembered instead of " + old.reuse);
        }
        return weaker;
    }

    /** The form that findings and state have. */
    Doc toDoc() {
        return new Doc()
                .with("minimumPasswordLength", length)
                .with("kinds", kinds)
                .with("maxPasswordAge", maxAge)
                .with("passwordReusePrevention", reuse);
    }
}
