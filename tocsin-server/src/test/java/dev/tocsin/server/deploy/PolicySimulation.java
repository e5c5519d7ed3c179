package dev.tocsin.server.deploy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Decides like IAM, as far as the policies of deploy/ go: what nobody allows, or somebody denies, is denied. */
final class PolicySimulation {

    private PolicySimulation() {}

    /**
     * Whether {@code statements} allow {@code action} on {@code resource}.
     *
     * @param context condition keys of the request
     */
    static boolean allows(List<Map<?, ?>> statements, String action, String resource, Map<String, String> context) {
        boolean allowed = false;
        for (Map<?, ?> statement : statements) {
            boolean resourceFits = !statement.containsKey("Resource")
                    || Template.resolved(statement.get("Resource")).stream().anyMatch(one -> like(one, resource));
            boolean actionFits =
                    Template.resolved(statement.get("Action")).stream().anyMatch(one -> like(one, action));
            if (actionFits && resourceFits && holds(statement.get("Condition"), context)) {
                if ("Deny".equals(statement.get("Effect"))) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    private static boolean holds(Object condition, Map<String, String> context) {
        if (!(condition instanceof Map<?, ?> operators)) {
            return true;
        }
        for (Map.Entry<?, ?> operator : operators.entrySet()) {
            for (Map.Entry<?, ?> test : ((Map<?, ?>) operator.getValue()).entrySet()) {
                String given = context.get(String.valueOf(test.getKey()));
                boolean exact = String.valueOf(operator.getKey()).endsWith("Equals");
                if (given == null
                        || Template.resolved(test.getValue()).stream()
                                .noneMatch(wanted -> exact ? wanted.equals(given) : like(wanted, given))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean like(String pattern, String text) {
        String quoted = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(quoted, text);
    }
}
