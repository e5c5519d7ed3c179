package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions on who calls. */
final class Callers {

    private static final Set<String> PEOPLE = Set.of("IAMUser", "FederatedUser", "Root", "IdentityCenterUser");

    /** A person rather than a deployment: a user, or somebody who signed in through Identity Center. */
    static final When PERSON = on("is_person(userIdentity)", Callers::isPerson);

    /** Nobody of AWS acts for itself. */
    static final When NO_SERVICE = on("userIdentity.invokedBy IS NULL", call -> !call.byService());

    /** The account's root user. */
    static final When ROOT =
            on("userIdentity.type = 'Root'", call -> call.identity().isRoot());

    /** A role that a service made for itself, told by its path. */
    static final When SERVICE_ROLE = on(
            "userIdentity.sessionContext.sessionIssuer.arn LIKE '%:role/aws-service-role/%'",
            call -> String.valueOf(call.identity().issuerArn()).contains(":role/aws-service-role/"));

    /** An IAM user. */
    static final When IAM_USER = on(
            "userIdentity.type = 'IAMUser'",
            call -> "IAMUser".equals(call.identity().type()));

    private Callers() {}

    /** The call is one of {@code names}: where a condition holds for some of a rule's calls only. */
    static When action(String... names) {
        Set<String> wanted = Set.of(names);
        return on(
                "eventName IN (" + Stream.of(names).map(Field::quoted).collect(Collectors.joining(", ")) + ")",
                call -> wanted.contains(call.action()));
    }

    /** The tool names itself with one of {@code parts}. */
    static When agent(String... parts) {
        List<String> wanted =
                Stream.of(parts).map(part -> part.toLowerCase(Locale.ROOT)).toList();
        return on(
                Stream.of(parts)
                        .map(part -> "userAgent LIKE " + Field.quoted("%" + part + "%"))
                        .collect(Collectors.joining(" OR ", "(", ")")),
                call -> call.userAgent() != null
                        && wanted.stream()
                                .anyMatch(String.valueOf(call.userAgent()).toLowerCase(Locale.ROOT)::contains));
    }

    /** {@code user} is somebody else than the caller: a call that names no user is about oneself. */
    static When other(Field user) {
        return When.of(
                user.sql() + " <> userIdentity.userName",
                List.of(user.path()),
                call -> !user.of(call).isEmpty()
                        && !user.of(call).equals(call.identity().userName()));
    }

    private static boolean isPerson(ApiCall call) {
        String type = call.identity().type();
        String issuer = String.valueOf(call.identity().issuerArn());
        return !call.byService()
                && type != null
                && (PEOPLE.contains(type)
                        || issuer.contains("/AWSReservedSSO_")
                        || issuer.contains("/aws-reserved/sso.amazonaws.com/"));
    }

    private static When on(String sql, Predicate<ApiCall> test) {
        return When.of(sql, List.of(), test);
    }
}
