package dev.tocsin.core.detect.s3;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a bucket or access point: what it grants to everybody. A statement is not public only if its principal
 * is fixed, or a fixed value of a condition key that S3 lists for this purpose bounds it.
 *
 * @param grants the public statements
 * @param denies whether it holds a Deny, which this does not weigh against the grants
 */
public record BucketPolicy(List<PublicGrant> grants, boolean denies) {

    /** A policy that grants nothing to everybody. */
    public static final BucketPolicy NONE = new BucketPolicy(List.of(), false);

    /** Judges a policy document. */
    public static BucketPolicy of(@Nullable String json) {
        List<PublicGrant> grants = new ArrayList<>();
        boolean denies = false;
        for (Object item : JsonText.many(JsonText.member(JsonText.object(json), "Statement"))) {
            if (item instanceof Doc statement) {
                boolean allows = "Allow".equals(JsonText.member(statement, "Effect"));
                denies |= !allows;
                PublicGrant grant = allows ? grant(statement) : null;
                if (grant != null) {
                    grants.add(grant);
                }
            }
        }
        return new BucketPolicy(List.copyOf(grants), denies);
    }

    private static @Nullable PublicGrant grant(Doc statement) {
        if (!isForEverybody(statement)) {
            return null;
        }
        Conditions.Reach reach = Conditions.reach(JsonText.member(statement, "Condition"));
        if (reach == Conditions.Reach.FIXED) {
            return null;
        }
        List<String> actions = JsonText.texts(JsonText.member(statement, "Action"));
        boolean any = actions.isEmpty();
        return new PublicGrant(
                reach == Conditions.Reach.ANYONE ? PublicGrant.Audience.ANYONE : PublicGrant.Audience.ANY_AWS_USER,
                any || actions.stream().anyMatch(BucketPolicy::reads),
                any || actions.stream().anyMatch(BucketPolicy::writes),
                PublicGrant.digest(withoutId(statement).toJson()));
    }

    /** A statement's name is not part of what it grants. */
    private static Doc withoutId(Doc statement) {
        Doc rest = new Doc();
        statement.members().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Sid")) {
                rest.with(name, value);
            }
        });
        return rest;
    }

    /** Allow with NotPrincipal means everybody but some, those without credentials too. */
    private static boolean isForEverybody(Doc statement) {
        if (JsonText.member(statement, "NotPrincipal") != null) {
            return true;
        }
        Object principal = JsonText.member(statement, "Principal");
        Object named = principal instanceof Doc kinds ? JsonText.member(kinds, "AWS") : principal;
        return JsonText.texts(named).stream().anyMatch(name -> name.indexOf('*') >= 0);
    }

    private static boolean reads(String action) {
        return is(action, "s3:get") || is(action, "s3:list");
    }

    private static boolean writes(String action) {
        return is(action, "s3:put")
                || is(action, "s3:delete")
                || is(action, "s3:create")
                || is(action, "s3:restore")
                || is(action, "s3:replicate")
                || is(action, "s3:abort");
    }

    /** Whether the action pattern can name one that begins with {@code verb}. */
    private static boolean is(String action, String verb) {
        String lower = action.toLowerCase(Locale.ROOT);
        int star = lower.indexOf('*');
        if (star < 0) {
            return lower.startsWith(verb);
        }
        String stem = lower.substring(0, star);
        return stem.startsWith(verb) || verb.startsWith(stem);
    }
}
