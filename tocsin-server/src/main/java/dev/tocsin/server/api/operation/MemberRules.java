package dev.tocsin.server.api.operation;

import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Handler;
import dev.tocsin.server.api.contract.Operation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps from members what is their administrator's alone: archiving, suppression, lists, frequency, rules (F73). */
final class MemberRules {

    private static final Pattern LISTS =
            Pattern.compile("(?:Create|Update|Delete)(?:IP|ThreatIntel|ThreatEntity|TrustedEntity)Set");
    private static final Pattern RULES = Pattern.compile("(?:Create|Update|Delete)CustomDetectionRule.*");
    private static final List<String> ALWAYS = List.of("ArchiveFindings", "UnarchiveFindings");

    /** What only some calls of an operation need an administrator for. */
    private static final Map<String, Predicate<Call>> SOMETIMES = Map.of(
            "CreateFilter", call -> call.text("action").equals("ARCHIVE"),
            "UpdateFilter", call -> call.text("action").equals("ARCHIVE"),
            "UpdateDetector", call -> !call.text("findingPublishingFrequency").isEmpty());

    /** Operations whose model knows that access may be denied. */
    private static final Pattern DENIED = Pattern.compile(".*(?:IPSet|ThreatIntelSet|CustomDetectionRule.*)");

    private final Membership membership;

    MemberRules(Membership membership) {
        this.membership = membership;
    }

    /** What stands in the place of {@code handler}, which does {@code operation}. */
    Handler around(Operation operation, Handler handler) {
        Predicate<Call> administratorsAlone = rule(operation.name());
        return administratorsAlone == null
                ? handler
                : call -> {
                    if (administratorsAlone.test(call)
                            && membership.administrator(
                                            call.caller().account(),
                                            call.caller().region())
                                    != null) {
                        throw refusal(operation.name());
                    }
                    return handler.handle(call);
                };
    }

    private static @Nullable Predicate<Call> rule(String operation) {
        boolean always = ALWAYS.contains(operation)
                || LISTS.matcher(operation).matches()
                || RULES.matcher(operation).matches();
        return always ? call -> true : SOMETIMES.get(operation);
    }

    private static ApiException refusal(String operation) {
        String text = "The request is rejected because the current account is a member, and " + operation
                + " its administrator's.";
        return DENIED.matcher(operation).matches() ? ApiException.accessDenied(text) : ApiException.badRequest(text);
    }
}
