package dev.tocsin.core.detect.s3;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a statement's conditions narrow a star principal, by the published meaning of "public": only fixed values of
 * certain keys do.
 */
final class Conditions {

    /** Smallest IPv4 prefix that narrows. S3's published meaning: wider than /8 is public. */
    static final int SHORTEST_V4_PREFIX = 8;

    /** Smallest IPv6 prefix that narrows. S3's published meaning: wider than /32 is public. */
    static final int SHORTEST_V6_PREFIX = 32;

    private static final Set<String> KEYS = Set.of(
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "aws:sourceorgid",
            "aws:sourceorgpaths",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalaccount",
            "aws:principalarn",
            "aws:userid",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount");

    private static final Set<String> POSITIVE =
            Set.of("stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike");

    /** What conditions leave of everybody. */
    enum Reach {
        /** Those behind fixed values. */
        FIXED,
        /** Everybody who signs with AWS credentials. */
        AUTHENTICATED,
        /** Everybody. */
        ANYONE
    }

    private Conditions() {}

    /** Whom the conditions let through; all of them must hold, so the narrowest counts. */
    static Reach reach(@Nullable Object condition) {
        Reach reach = Reach.ANYONE;
        if (condition instanceof Doc operators) {
            for (Map.Entry<String, Object> operator : operators.members().entrySet()) {
                if (operator.getValue() instanceof Doc keys) {
                    for (Map.Entry<String, Object> key : keys.members().entrySet()) {
                        Reach one = reach(
                                operator.getKey().toLowerCase(Locale.ROOT),
                                key.getKey().toLowerCase(Locale.ROOT),
                                JsonText.texts(key.getValue()));
                        reach = one.compareTo(reach) < 0 ? one : reach;
                    }
                }
            }
        }
        return reach;
    }

    /** {@code ForAllValues} and {@code IfExists} hold where the key is absent, and so narrow nothing. */
    private static Reach reach(String operator, String key, List<String> values) {
        String plain = operator.startsWith("foranyvalue:") ? operator.substring("foranyvalue:".length()) : operator;
        if (values.isEmpty()) {
            return Reach.ANYONE;
        }
        if (plain.equals("ipaddress")) {
            return key.equals("aws:sourceip") && values.stream().allMatch(Conditions::isNarrow)
                    ? Reach.FIXED
                    : Reach.ANYONE;
        }
        if (plain.equals("null")) {
            return isOfPrincipals(key) && values.equals(List.of("false")) ? Reach.AUTHENTICATED : Reach.ANYONE;
        }
        if (!POSITIVE.contains(plain)) {
            return Reach.ANYONE;
        }
        if (KEYS.contains(key) && values.stream().allMatch(value -> isFixed(key, value))) {
            return Reach.FIXED;
        }
        return isOfPrincipals(key) ? Reach.AUTHENTICATED : Reach.ANYONE;
    }

    /** Keys that a request without credentials does not have. */
    private static boolean isOfPrincipals(String key) {
        return key.startsWith("aws:principal") && !key.equals("aws:principaltype");
    }

    private static boolean isFixed(String key, String value) {
        String stem = switch (key) {
            case "aws:userid" -> value.endsWith(":*") ? value.substring(0, value.length() - 2) : value;
            case "aws:principalorgpaths", "aws:sourceorgpaths" ->
                value.indexOf('/') > 0 ? value.substring(0, value.indexOf('/')) : value;
            case "s3:dataaccesspointarn" -> accountOf(value);
            default -> value;
        };
        return !stem.isEmpty() && stem.indexOf('*') < 0 && stem.indexOf('?') < 0 && !stem.contains("${");
    }

    /** Of an access point's ARN only the account must be fixed. */
    private static String accountOf(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > 5 ? parts[4] : "*";
    }

    private static boolean isNarrow(String cidr) {
        int slash = cidr.indexOf('/');
        Address address = Address.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        if (address == null) {
            return false;
        }
        if (slash < 0) {
            return true;
        }
        String prefix = cidr.substring(slash + 1);
        return prefix.matches("\\d{1,3}")
                && Integer.parseInt(prefix) >= (address.isV4() ? SHORTEST_V4_PREFIX : SHORTEST_V6_PREFIX);
    }
}
