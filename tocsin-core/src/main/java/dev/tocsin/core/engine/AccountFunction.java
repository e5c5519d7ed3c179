package dev.tocsin.core.engine;

import dev.tocsin.core.desk.inventory.CallFacts;
import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.detect.BucketDetector;
import dev.tocsin.core.detect.CredentialDetector;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.SessionDetector;
import dev.tocsin.core.detect.SignInDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** API calls of one account: drops duplicates, then shows each call to the detectors that want its event name. */
public final class AccountFunction implements KeyedFunction<ApiCall> {

    /** Under which hosts keep its state. */
    public static final String NAME = "account";

    private final EngineServices services;
    private final IdentityHabits habits;
    private final CredentialUse credentials;
    private final BucketHabits bucketHabits;
    private final SignInUse signIns;
    private final Parties parties = new Parties();
    private final OrderedDetectors ordered;
    private final SeenCalls seen = new SeenCalls();
    private final List<ApiCallDetector> always = new ArrayList<>();
    private final Map<String, List<ApiCallDetector>> byAction = new HashMap<>();

    /** A function that runs {@code detectors}. */
    public AccountFunction(EngineServices services, List<Detector> detectors) {
        this.services = services;
        this.habits = new IdentityHabits(services, Detectors.of(SessionDetector.class, detectors), parties);
        this.credentials = new CredentialUse(services, Detectors.of(CredentialDetector.class, detectors));
        this.bucketHabits = new BucketHabits(services, Detectors.of(BucketDetector.class, detectors), parties);
        this.signIns = new SignInUse(services, Detectors.of(SignInDetector.class, detectors));
        this.ordered = new OrderedDetectors(services);
        for (ApiCallDetector detector : Detectors.of(ApiCallDetector.class, detectors)) {
            if (detector.inOrder()) {
                ordered.add(detector);
                continue;
            }
            if (detector.actions().isEmpty()) {
                always.add(detector);
            }
            detector.actions()
                    .forEach(action -> byAction.computeIfAbsent(action, ignored -> new ArrayList<>())
                            .add(detector));
        }
    }

    /** The fields of API calls that {@link Detectors#ALL} and the inventory read. */
    public static FieldPlan fieldPlan() {
        FieldPlan.Builder plan = new FieldPlan.Builder();
        Detectors.plan(plan);
        CallFacts.plan(plan);
        IdentityHabits.plan(plan);
        CredentialUse.plan(plan);
        SequenceStep.plan(plan);
        Judge.plan(plan);
        return plan.build();
    }

    /** The key of {@code call}. */
    public static String key(ApiCall call) {
        return call.account();
    }

    @Override
    public void onElement(ApiCall call, KeyContext context, Output out) {
        switch (seen.check(call, context)) {
            case DUPLICATE -> {
                out.count(call.origin().object(), Output.Count.DUPLICATE);
                return;
            }
            case CONFLICT -> out.count(call.origin().object(), Output.Count.CONFLICT);
            case NEW -> {}
        }
        if (call.origin().object().isFuture(call.at())) {
            out.count(call.origin().object(), Output.Count.FUTURE);
        } else if (call.at() < context.watermark()) {
            out.count(call.origin().object(), Output.Count.LATE);
        }
        if (CallFacts.reads(call) && !call.origin().object().isFuture(call.at())) {
            CallFacts.of(call, out::fact);
        }
        DetectorContext detectorContext = new DetectorContext(services, context);
        if (!call.origin().object().isFuture(call.at())) {
            Party party = parties.of(call, detectorContext);
            habits.observe(call, party, context, detectorContext);
            credentials.observe(call, party, context, detectorContext);
            bucketHabits.observe(call, party, context);
            signIns.observe(call, context, detectorContext);
        }
        Signals signals = new Signals(out);
        Signal made = SequenceStep.made(call, detectorContext);
        if (made != null) {
            signals.accept(made);
        }
        for (ApiCallDetector detector : always) {
            detector.observe(call, detectorContext, signals);
        }
        for (ApiCallDetector detector : byAction.getOrDefault(call.action(), List.of())) {
            detector.observe(call, detectorContext, signals);
        }
        ordered.observe(call, context, out);
    }

    @Override
    public void onTimer(long at, KeyContext context, Output out) {
        SeenCalls.forget(at, context);
        ordered.judge(at, context, out);
        habits.judge(at, context, out);
        credentials.judge(at, context, out);
        bucketHabits.judge(at, context, out);
        signIns.judge(at, context, out);
    }
}
