package dev.tocsin.core.rule;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A named rule over single API calls: what a match is called, which calls it looks at, and the condition.
 *
 * @param name unique; the signal's name
 * @param kind whose it is, and so whether it is on where nobody says
 * @param type the finding type of its matches
 * @param severity of a match
 * @param services event sources without {@code .amazonaws.com}; empty for names that tell the service by themselves
 * @param actions event names without API date
 * @param outcome whether calls that failed count
 * @param when the condition
 * @param what happened, as the end of a sentence about the caller
 * @param why it matters, and what looks alike
 * @param insteadOf the library's rule that tells the same: where that is live, this one leaves such calls to it
 */
public record Rule(
        String name,
        Kind kind,
        FindingType type,
        Severity severity,
        Set<String> services,
        Set<String> actions,
        Outcome outcome,
        When when,
        String what,
        String why,
        @Nullable String insteadOf) {

    private static final String DOMAIN = ".amazonaws.com";

    /** Whose rule it is. */
    public enum Kind {
        /** GuardDuty's library: off until it is associated. */
        LIBRARY,
        /** Ours, precise enough to be on by default. */
        OWN,
        /** Ours, true of attacks and of everyday work alike: on only where somebody asks for it. */
        NOTABLE
    }

    /** Which calls count. */
    public enum Outcome {
        /** Only what succeeded. */
        SUCCESS,
        /** Attempts too. */
        ANY
    }

    /**
     * Whether {@code call} is a match.
     *
     * @param affiliated accounts that are the operator's, beside the call's own
     */
    public boolean matches(ApiCall call, Set<String> affiliated) {
        return actions.contains(call.action())
                && (outcome == Outcome.ANY || !call.failed())
                && isOfService(call)
                && when.holds(call, affiliated);
    }

    private boolean isOfService(ApiCall call) {
        String source = call.service();
        return services.isEmpty()
                || (source.endsWith(DOMAIN)
                        && services.contains(source.substring(0, source.length() - DOMAIN.length())));
    }

    /** The fields below the envelope that it reads. */
    public List<FieldPath> fields() {
        return when.fields();
    }

    /** The tactic of its type, such as {@code Persistence}. */
    public String tactic() {
        return type.name().substring(0, type.name().indexOf(':'));
    }

    /** The service or resource of its type, such as {@code IAM}. */
    public String service() {
        return type.name().substring(type.name().indexOf(':') + 1, type.name().indexOf('/'));
    }

    /** The technique by MITRE ATT&amp;CK's id and by the name that its type has, such as {@code T1098 - Account Manipulation}. */
    public String technique() {
        return type.technique() + " - "
                + spaced(type.name().substring(type.name().indexOf('/') + 1));
    }

    /** {@code name}, such as {@code DefenseImpairment}, as words. */
    public static String spaced(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }

    /** The condition in SQL over CloudTrail's fields. */
    public String sql() {
        StringBuilder sql = new StringBuilder();
        if (!services.isEmpty()) {
            sql.append("eventSource IN (").append(list(services, DOMAIN)).append(") AND ");
        }
        sql.append("eventName IN (").append(list(actions, "")).append(')');
        if (outcome == Outcome.SUCCESS) {
            sql.append(" AND errorCode IS NULL");
        }
        return when.sql().equals(When.ALWAYS.sql())
                ? sql.toString()
                : sql.append(" AND ").append(when.sql()).toString();
    }

    private static String list(Set<String> texts, String end) {
        return new TreeSet<>(texts)
                .stream().map(text -> Field.quoted(text + end)).collect(Collectors.joining(", "));
    }

    /** Starts the rule {@code name}. */
    static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the parts of a rule. */
    static final class Builder {
        private final String name;
        private Kind kind = Kind.OWN;
        private @Nullable FindingType type;
        private Severity severity = Severity.MEDIUM;
        private Set<String> services = Set.of();
        private Set<String> actions = Set.of();
        private Outcome outcome = Outcome.SUCCESS;
        private When when = When.ALWAYS;
        private String what = "";
        private String why = "";
        private @Nullable String insteadOf;

        private Builder(String name) {
            this.name = name;
        }

        /** See {@link Rule#kind}, {@link Rule#type} and {@link Rule#severity}. */
        Builder as(Kind whose, FindingType finding, Severity weight) {
            kind = whose;
            type = finding;
            severity = weight;
            return this;
        }

        /** See {@link Rule#services} (separated by commas) and {@link Rule#actions}. */
        Builder on(String sources, String... names) {
            services = sources.isEmpty() ? Set.of() : Set.of(sources.split(",", -1));
            actions = Set.of(names);
            return this;
        }

        /** Failed calls count as well. */
        Builder orTried() {
            outcome = Outcome.ANY;
            return this;
        }

        /** See {@link Rule#when}. */
        Builder when(When condition) {
            when = condition;
            return this;
        }

        /** See {@link Rule#what} and {@link Rule#why}. */
        Builder says(String happened, String matters) {
            what = happened;
            why = matters;
            return this;
        }

        /** See {@link Rule#insteadOf}. */
        Builder insteadOf(String libraryRule) {
            insteadOf = libraryRule;
            return this;
        }

        /** The rule. */
        Rule build() {
            if (type == null) {
                throw new IllegalStateException(name + " has no type");
            }
            return new Rule(name, kind, type, severity, services, actions, outcome, when, what, why, insteadOf);
        }
    }
}
