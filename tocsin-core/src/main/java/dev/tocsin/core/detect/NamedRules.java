package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.SequencePart;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.core.rule.RulesInForce.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for named rules, those of them that are on where the call happened. Rules are found by event name: a call whose
 * name none asks for is never seen here.
 */
final class NamedRules implements ApiCallDetector {

    private static final List<Rule> NONE = List.of();

    private final List<FindingType> types;
    private final Map<String, List<Rule>> byAction = new HashMap<>();
    private final Map<String, Rule> byName = new HashMap<>();

    NamedRules(List<Rule> rules) {
        types = rules.stream().map(Rule::type).distinct().toList();
        for (Rule rule : rules) {
            byName.put(rule.name(), rule);
            rule.actions()
                    .forEach(action -> byAction.computeIfAbsent(action, ignored -> new ArrayList<>())
                            .add(rule));
        }
    }

    @Override
    public List<FindingType> types() {
        return types;
    }

    @Override
    public Set<String> actions() {
        return byAction.keySet();
    }

    /** Of each call only what the rules that want its name read. */
    @Override
    public void plan(FieldPlan.Builder plan) {
        byName.values().forEach(rule -> plan.take(rule.actions(), rule.fields()));
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        RulesInForce inForce = context.rules();
        boolean global = GlobalServices.isGlobal(call);
        for (Rule rule : byAction.getOrDefault(call.action(), NONE)) {
            Mode mode = inForce.of(rule, global);
            if (mode == Mode.OFF || !rule.matches(call, context.affiliated()) || isTold(rule, call, context)) {
                continue;
            }
            if (mode == Mode.DRY_RUN) {
                inForce.tried().accept(rule, call);
            } else {
                out.accept(rule.kind() == Rule.Kind.LIBRARY ? part(rule, call, context) : whole(rule, call, context));
            }
        }
    }

    /** Whether the library's rule that {@code rule} stands in for tells of {@code call} itself. */
    private boolean isTold(Rule rule, ApiCall call, Context context) {
        @Nullable Rule library = rule.insteadOf() == null ? null : byName.get(rule.insteadOf());
        return library != null
                && context.rules().of(library, GlobalServices.isGlobal(call)) == Mode.LIVE
                && library.matches(call, context.affiliated());
    }

    /** Matches of one type and principal are one finding, each rule a signal of it (F83). */
    private static Signal part(Rule rule, ApiCall call, Context context) {
        SequencePart signal = new SequencePart(
                        SequencePart.SignalType.CLOUD_TRAIL, rule.name(), rule.name(), call.at(), call.at())
                .severity(rule.severity().level())
                .indicator(SequencePart.Indicator.ATTACK_TACTIC, Rule.spaced(rule.tactic()))
                .indicator(SequencePart.Indicator.ATTACK_TECHNIQUE, rule.technique())
                .indicator(
                        SequencePart.Indicator.HIGH_RISK_API, call.service().split("\\.", 2)[0] + ":" + call.action());
        return told(rule, call, context).inSequence(signal).build();
    }

    private static Signal whole(Rule rule, ApiCall call, Context context) {
        return told(rule, call, context)
                .additional("rule", rule.name())
                .aggregation(rule.name())
                .build();
    }

    private static ApiCallSignal told(Rule rule, ApiCall call, Context context) {
        return ApiCallSignal.of(rule.type(), call, context)
                .severity(rule.severity().level())
                .fact("what", rule.what() + (call.failed() ? " (the call failed)" : ""))
                .fact("why", rule.why());
    }
}
