package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.identity.Tactic;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code *:IAMUser/AnomalousBehavior}: calls that neither the identity's habits nor its peers' explain, by tactic. */
public final class AnomalousBehavior implements SessionDetector {

    private static final String BETWEEN = " , ";

    /** Of what only several days together show (anomaly research 3.2, rule c). */
    private static final double MEDIUM = 5;

    private static final Map<Tactic, FindingType> TYPES = types(Tactic.values());

    private static Map<Tactic, FindingType> types(Tactic[] tactics) {
        Map<Tactic, FindingType> types = new EnumMap<>(Tactic.class);
        for (Tactic tactic : tactics) {
            types.put(tactic, type(tactic));
        }
        return types;
    }

    private static FindingType type(Tactic tactic) {
        return FindingType.named(tactic.typeName())
                .severity(severity(tactic))
                .texts(
                        "User {userType} : {user} is anomalously invoking APIs commonly used in " + tactic.purpose()
                                + " tactics.",
                        "APIs commonly used in " + tactic.purpose()
                                + " tactics were invoked by user {userType} : {user}, under anomalous circumstances. Such"
                                + " activity is not typically seen from this user.")
                .firesWhen(
                        "calls of this tactic come from a network, tool or Region that is new to the identity, or are so"
                                + " unlike what it, its peers and the account do that they need no such context; each by its"
                                + " bits of evidence within a session.")
                .doesNotSee(
                        "the first week of an account (two for calls without unusual context), what an identity does"
                                + " daily, actions of AWS's own services, data events.")
                .nextSteps(
                        "Ask the identity's owner whether this was them. If not, end its sessions, replace its keys and"
                                + " look at all it did since the first unusual call.")
                .technique(technique(tactic))
                .build();
    }

    /** As the published descriptions and examples of the types have it. */
    private static double severity(Tactic tactic) {
        return switch (tactic) {
            case DISCOVERY -> 2;
            case CREDENTIAL_ACCESS, DEFENSE_EVASION, INITIAL_ACCESS, PERSISTENCE -> 5;
            case EXFILTRATION, IMPACT, PRIVILEGE_ESCALATION -> 8;
        };
    }

    private static String technique(Tactic tactic) {
        return switch (tactic) {
            case DISCOVERY -> "T1580";
            case CREDENTIAL_ACCESS -> "T1555.006";
            case DEFENSE_EVASION -> "T1562.008";
            case INITIAL_ACCESS -> "T1078.004";
            case PERSISTENCE -> "T1098";
            case EXFILTRATION -> "T1537";
            case IMPACT -> "T1485";
            case PRIVILEGE_ESCALATION -> "T1098.003";
        };
    }

    @Override
    public List<FindingType> types() {
        return List.copyOf(TYPES.values());
    }

    @Override
    public void observe(Unusual unusual, Usual usual, Context context, Consumer<Signal> out) {
        FindingType type = TYPES.get(unusual.tactic());
        if (type == null) {
            return;
        }
        ApiCall call = unusual.call();
        boolean slow = unusual.channel() == Unusual.Channel.SLOW;
        out.accept(ApiCallSignal.of(type, call, context)
                .severity(slow ? MEDIUM : type.severity())
                .aggregation(Long.toString(unusual.since()))
                .fact("userType", call.identity().type())
                .additional(
                        "userAgent",
                        new Doc().with("fullUserAgent", call.userAgent()).with("userAgentCategory", unusual.agent()))
                .additional("anomalies", new Doc().with("anomalousAPIs", apis(unusual)))
                .additional("profiledBehavior", BehaviorForms.profiled(usual))
                .additional("unusualBehavior", BehaviorForms.unusual(usual, unusual.activeDays() == 0))
                .additional(FindingDocument.DETECTION, new Doc().with("anomaly", BehaviorForms.anomaly(usual)))
                .additional("score", score(unusual, usual))
                .build());
    }

    /** The evidence by its parts and what it took; what was usual, with days of the last month. */
    private static Doc score(Unusual unusual, Usual usual) {
        Doc score = new Doc()
                .with("channel", unusual.channel().text())
                .with("callBits", BehaviorForms.decimal(unusual.callBits()))
                .with("contextBits", BehaviorForms.decimal(unusual.contextBits()));
        Judged judged = unusual.judged();
        if (judged != null) {
            score.withAll(BehaviorForms.evidence(judged));
        }
        if (unusual.channel() == Unusual.Channel.SLOW) {
            score.with("slowly", days(unusual));
        }
        return score.with("activeDays", unusual.activeDays())
                .with("usual", BehaviorForms.days(usual))
                .with("profile", profile(unusual.call()));
    }

    /** {@code 2026-03-01 service:Api 0.8 , ...}: the days that add up, each with how near it came to its threshold. */
    private static String days(Unusual unusual) {
        StringJoiner days = new StringJoiner(BETWEEN);
        for (Unusual.Day day : unusual.slowly()) {
            days.add(LocalDate.ofEpochDay(day.day()) + " " + day.service() + ":" + day.action() + " "
                    + BehaviorForms.decimal(day.share()));
        }
        return days.toString();
    }

    /** What the identity's profile is kept under. */
    private static @Nullable String profile(ApiCall call) {
        Actor actor = Actor.of(call);
        return actor == null ? null : actor.key();
    }

    /** {@code service:[Api:success , Api:ErrorCode] , service2:[...]}. */
    private static String apis(Unusual unusual) {
        Map<String, StringJoiner> services = new LinkedHashMap<>();
        for (Unusual.Api api : unusual.apis()) {
            services.computeIfAbsent(api.service(), service -> new StringJoiner(BETWEEN, service + ":[", "]"))
                    .add(api.action() + ":" + api.outcome());
        }
        StringJoiner all = new StringJoiner(BETWEEN);
        services.values().forEach(service -> all.add(service.toString()));
        return all.toString();
    }
}
