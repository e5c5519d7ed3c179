package dev.tocsin.core.rule;

import dev.tocsin.core.detect.s3.BucketPolicy;
import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A policy document as far as rules ask it: whom its Allow statements let in, and to what. */
final class PolicyText {

    private final String json;
    private final List<Doc> allowing;

    private PolicyText(String json, List<Doc> allowing) {
        this.json = json;
        this.allowing = allowing;
    }

    /** The policy that {@code json} is; of what is none, no statement. */
    static PolicyText of(String json) {
        return new PolicyText(
                json,
                JsonText.objects(JsonText.member(JsonText.object(json), "Statement")).stream()
                        .filter(statement -> "Allow".equals(JsonText.member(statement, "Effect")))
                        .toList());
    }

    /** Whether somebody whom nothing fixed names is let in, as S3 defines "public". */
    boolean allowsEverybody() {
        return !allowing.isEmpty() && !BucketPolicy.of(json).grants().isEmpty();
    }

    /**
     * Whether an account other than {@code own} and those that are {@code affiliated} is let in to more than writing logs: services deliver theirs to buckets
     * from accounts of AWS, and only put.
     */
    boolean allowsOthers(String own, Set<String> affiliated) {
        return allowing.stream()
                .filter(statement -> !onlyPuts(statement) && !isWithinOrganization(statement))
                .flatMap(PolicyText::principals)
                .anyMatch(principal -> Accounts.names(principal, own, affiliated));
    }

    /** Whether every action on every resource is allowed, without a condition. */
    boolean allowsEverything() {
        return allowing.stream()
                .anyMatch(statement -> texts(statement, "Action").anyMatch(PolicyText::isAll)
                        && texts(statement, "Resource").anyMatch("*"::equals)
                        && JsonText.member(statement, "Condition") == null);
    }

    private static boolean isAll(String action) {
        return action.equals("*") || action.equals("*:*");
    }

    private static boolean onlyPuts(Doc statement) {
        List<String> actions = texts(statement, "Action").toList();
        return !actions.isEmpty()
                && actions.stream()
                        .allMatch(action -> lower(action).startsWith("s3:putobject")
                                || lower(action).equals("s3:getbucketacl"));
    }

    private static boolean isWithinOrganization(Doc statement) {
        return lower(JsonText.shown(JsonText.member(statement, "Condition"))).contains("aws:principalorg");
    }

    private static Stream<String> principals(Doc statement) {
        Object principal = JsonText.member(statement, "Principal");
        Object named = principal instanceof Doc kinds ? JsonText.member(kinds, "AWS") : principal;
        return JsonText.texts(named).stream();
    }

    private static Stream<String> texts(Doc statement, String member) {
        return JsonText.texts(JsonText.member(statement, member)).stream();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
