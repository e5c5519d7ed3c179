package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Section;
import dev.tocsin.core.rule.RulesInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls for detector tests, and a context that remembers. */
final class CallFixture {

    private final Map<String, Doc> memory = new HashMap<>();
    private Intelligence intelligence = Intelligence.EMPTY;
    private final Set<Address> own = new HashSet<>();
    private Guarded guarded = Guarded.NONE;
    private RulesInForce rules = RulesInForce.DEFAULT;
    private final Context context = new Context() {
        @Override
        public Integer learnDays() {
            return null;
        }

        @Override
        public Intelligence intelligence() {
            return intelligence;
        }

        @Override
        public Doc recall(Detector detector, String name) {
            return memory.get(name);
        }

        @Override
        public void remember(Detector detector, String name, Doc fact) {
            if (fact == null) {
                memory.remove(name);
            } else {
                memory.put(name, fact);
            }
        }

        @Override
        public boolean isOwn(Address address) {
            return own.contains(address);
        }

        @Override
        public Guarded guarded() {
            return guarded;
        }

        @Override
        public RulesInForce rules() {
            return rules;
        }

        @Override
        public Doc geography(Address address) {
            return new Doc();
        }
    };

    static ApiCall.Draft call(String service, String action) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = 1_772_366_400;
        draft.account = "111122223333";
        draft.region = "us-east-1";
        draft.service = service + ".amazonaws.com";
        draft.action = action;
        draft.eventId = action + "-1";
        draft.caller = Caller.of("203.0.113.10");
        draft.identity = identity("IAMUser", null, null);
        return draft;
    }

    static Identity identity(String type, String invokedBy, String assumedRoot) {
        return new Identity(
                type,
                "AIDAEXAMPLE",
                "arn:aws:iam::111122223333:user/alice",
                "111122223333",
                "AKIAEXAMPLE",
                "alice",
                invokedBy,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                assumedRoot,
                null,
                null,
                null,
                null);
    }

    /** Sets planned fields: name, value, name, value, … */
    static ApiCall.Draft with(ApiCall.Draft draft, String... fields) {
        List<FieldPath> plan = new ArrayList<>();
        String[] values = new String[fields.length / 2];
        for (int i = 0; i < values.length; i++) {
            plan.add(FieldPath.of("requestParameters." + fields[2 * i]));
            values[i] = fields[2 * i + 1];
        }
        draft.plan = plan;
        draft.values = values;
        return draft;
    }

    /** Makes the product's own source hang on {@code arns}. */
    void guard(String... arns) {
        for (String arn : arns) {
            guarded = guarded.and(arn, "source trail");
        }
    }

    /** Loads one list of {@code kind}, dated {@code dated}. */
    CallFixture list(IndicatorList.Kind kind, long dated, Indicator... entries) {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        for (Indicator entry : entries) {
            section.add(entry);
        }
        section.commit(new IndicatorList("list", kind, dated, 0, "0"));
        intelligence = builder.build();
        return this;
    }

    /** Turns named rules on and off. */
    CallFixture ruling(RulesInForce inForce) {
        rules = inForce;
        return this;
    }

    /** Makes {@code address} the operator's own. */
    CallFixture own(String address) {
        own.add(Address.parse(address));
        return this;
    }

    List<Signal> signals(ApiCallDetector detector, ApiCall.Draft draft) {
        List<Signal> signals = new ArrayList<>();
        detector.observe(draft.build(), context, signals::add);
        return signals;
    }

    List<Signal> signals(NameQueryDetector detector, NameQuery query) {
        List<Signal> signals = new ArrayList<>();
        detector.observe(query, context, signals::add);
        return signals;
    }

    List<String> types(ApiCallDetector detector, ApiCall.Draft draft) {
        return signals(detector, draft).stream()
                .map(signal -> signal.type().name())
                .toList();
    }
}
