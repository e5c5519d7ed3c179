package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.SequencePart;
import dev.tocsin.core.finding.SequencePart.Indicator;
import dev.tocsin.core.finding.SequencePart.SignalType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.ApiTactics;
import dev.tocsin.core.identity.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signal that is no finding: a call that is unusual for its identity, or one that makes a credential or an identity. The
 * desk puts attack sequences together from them and from findings.
 */
public final class SequenceStep {

    /** Evidence of the call, in thousandths of a bit. */
    public static final String BITS = "bits";

    /** Evidence of the network it came from. */
    public static final String NETWORK = "networkBits";

    /** Evidence of the tool. */
    public static final String AGENT = "agentBits";

    /** Evidence of the Region. */
    public static final String REGION = "regionBits";

    /** The tactic in words. */
    public static final String TACTIC = "tactic";

    /** Like calls. */
    public static final String COUNT = "count";

    /** There if the caller is a scanner that the operator authorised, whose signals never count. */
    public static final String AUTHORIZED = "authorizedScanner";

    private static final String MADE = "made";
    private static final String HOST = ".amazonaws.com";

    private static final FieldPath SESSION_KEY = FieldPath.of("responseElements.credentials.accessKeyId");

    /** Where the answer of a call says what it made. */
    private static final Map<String, FieldPath> MAKERS = Map.of(
            "AssumeRole",
            SESSION_KEY,
            "GetSessionToken",
            SESSION_KEY,
            "GetFederationToken",
            SESSION_KEY,
            "CreateAccessKey",
            FieldPath.of("responseElements.accessKey.accessKeyId"),
            "CreateUser",
            FieldPath.of("responseElements.user.arn"),
            "CreateRole",
            FieldPath.of("responseElements.role.arn"));

    private static final Set<String> MAKING_SERVICES = Set.of("iam.amazonaws.com", "sts.amazonaws.com");

    private static final FindingType CALL =
            FindingType.named("unusual call").texts("{api}", "{api}").build();

    private SequenceStep() {}

    /** Adds the fields that it reads to {@code plan}. */
    public static void plan(FieldPlan.Builder plan) {
        MAKERS.forEach((action, path) -> plan.take(Set.of(action), List.of(path)));
    }

    /** The type of the signals, which is no finding's: a host that writes signals down finds it here by its name. */
    public static FindingType type() {
        return CALL;
    }

    /** Whether {@code signal} is one. */
    public static boolean is(Signal signal) {
        return signal.type().equals(CALL);
    }

    /** The unusual call of {@code notice} as a signal. */
    public static Signal of(Notice notice, Context context) {
        ApiCall call = notice.call();
        String tactic = Techniques.words(notice.entry().tactic().purpose());
        String api = api(call.service(), call.action());
        SequencePart part = new SequencePart(SignalType.CLOUD_TRAIL, api, api, call.at(), call.at())
                .count(notice.count())
                .indicator(Indicator.ATTACK_TACTIC, tactic)
                .indicator(Indicator.ATTACK_TECHNIQUE, Techniques.of(tactic, api))
                .indicator(
                        Indicator.HIGH_RISK_API, notice.entry().standing() == ApiTactics.Standing.BY_RULE ? null : api);
        ApiCallSignal signal = ApiCallSignal.of(CALL, call, context)
                .fact(TACTIC, tactic)
                .fact(COUNT, Integer.toString(notice.count()))
                .fact(BITS, milli(notice.bits()));
        if (notice.learned()) {
            String network = network(call, context);
            part.indicator(
                            Indicator.UNUSUAL_API_FOR_ACCOUNT,
                            notice.freshInAccount().api() ? api : null)
                    .indicator(
                            Indicator.UNUSUAL_ASN_FOR_ACCOUNT,
                            notice.freshInAccount().network() ? network : null)
                    .indicator(Indicator.UNUSUAL_ASN_FOR_USER, notice.fresh().network() ? network : null);
            signal.fact(NETWORK, milli(notice.networkBits()))
                    .fact(AGENT, milli(notice.agentBits()))
                    .fact(REGION, milli(notice.regionBits()));
        }
        return signal.inSequence(part).build();
    }

    private static String milli(double bits) {
        return Long.toString(Math.round(bits * 1_000));
    }

    private static @Nullable String network(ApiCall call, Context context) {
        if (call.caller() == null || call.caller().address() == null) {
            return null;
        }
        Doc organization = context.geography(call.caller().address()).at("organization");
        return organization == null
                ? null
                : "asnNumber: " + organization.text("asn") + " asnOrg: " + organization.text("asnOrg");
    }

    /**
     * What {@code call} made, as a signal: a key, a session or an identity that leads back to whoever made it. Null for most
     * calls, for services and for callers of other accounts.
     */
    public static @Nullable Signal made(ApiCall call, Context context) {
        FieldPath path = MAKERS.get(call.action());
        if (path == null || call.failed() || !MAKING_SERVICES.contains(call.service()) || call.byService()) {
            return null;
        }
        String made = call.field(path);
        return made == null || Actor.of(call) == null
                ? null
                : ApiCallSignal.of(CALL, call, context).fact(MADE, made).build();
    }

    /** Whether {@code step} only says what was made. */
    public static boolean isMade(Signal step) {
        return step.facts().containsKey(MADE);
    }

    /** What {@code step} made: access keys and ARNs. */
    public static List<String> made(Signal step) {
        String made = step.facts().get(MADE);
        return made == null ? List.of() : List.of(made);
    }

    /** The fact {@code name} of {@code step} as a number, 0 if absent. */
    public static int number(Signal step, String name) {
        String text = step.facts().get(name);
        return text == null ? 0 : Integer.parseInt(text);
    }

    /** {@code service:Action} of the call that {@code signal} is about, or empty. */
    public static String api(Signal signal) {
        Doc call = signal.action().part("awsApiCallAction");
        String service = call.text("serviceName");
        return service == null ? "" : api(service, String.valueOf(call.text("api")));
    }

    private static String api(String service, String action) {
        String bare = service.toLowerCase(Locale.ROOT).endsWith(HOST)
                ? service.substring(0, service.length() - HOST.length())
                : service;
        return bare + ":" + action;
    }
}
