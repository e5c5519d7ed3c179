package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds calls against the habits of their identity, its peers and its account; sees each identity's calls in their order. */
public final class Judge {

    /** Active days from which an identity is judged by its own history; until then by its peers' (anomaly research 3.5). */
    static final int OWN_DAYS = 3;

    /** Active days of the account in the last month before the context channel speaks (anomaly research 3.5). */
    static final int CONTEXT_LEARN_DAYS = 7;

    /** Active days of the account in the last month before the call channel speaks (anomaly research 3.5). */
    static final int CALL_LEARN_DAYS = 14;

    /** Bits from which an unusual call is a signal of a sequence: below, half of the identities make one a day. */
    static final int NOTICE_BITS = 1;

    /** Bits at which each channel speaks, preset normal: 0.3 and 0.3 alerts an account-day (anomaly research 4a). */
    private static final Map<Tactic, double[]> THRESHOLDS = Map.of(
            Tactic.DISCOVERY, new double[] {8.3, 9.3},
            Tactic.CREDENTIAL_ACCESS, new double[] {4.0, 6.8},
            Tactic.DEFENSE_EVASION, new double[] {6.5, 8.5},
            Tactic.EXFILTRATION, new double[] {6.4, 8.7},
            Tactic.IMPACT, new double[] {8.5, 8.6},
            Tactic.INITIAL_ACCESS, new double[] {4.0, 7.2},
            Tactic.PERSISTENCE, new double[] {5.3, 9.0},
            Tactic.PRIVILEGE_ESCALATION, new double[] {7.1, 6.4});

    /** Calls that everybody makes and that never make a finding alone (anomaly research 3.4). */
    private static final Set<String> COMMON = Set.of("AssumeRole", "GetCallerIdentity", "Decrypt");

    /** Sign-ins by a browser. */
    private static final Set<String> SIGN_INS = Set.of("ConsoleLogin", "UserAuthentication", "Federate");

    /** Where a console sign-in says how it ended; most that fail have no errorCode. */
    private static final FieldPath OUTCOME = FieldPath.of("responseElements.ConsoleLogin");

    /** The same of a sign-in at the portal of IAM Identity Center. */
    private static final FieldPath PORTAL_OUTCOME = FieldPath.of("serviceEventDetails.UserAuthentication");

    private static final String PARAMETERS = "GetParameter";

    private final Account account;
    private final @Nullable Integer learnDays;
    private @Nullable Notice notice;
    private @Nullable Judged judged;

    /** A judge over {@code account}; {@code learnDays} as the operator wants it, or null for the documented days. */
    public Judge(Account account, @Nullable Integer learnDays) {
        this.account = account;
        this.learnDays = learnDays;
    }

    /** Whether {@code call} is a sign-in that failed: anybody may try one, so it says nothing of whose name it bears. */
    public static boolean isFailedSignIn(ApiCall call) {
        return SIGN_INS.contains(call.action())
                && (call.failed()
                        || "Failure".equals(call.field(OUTCOME))
                        || "Failure".equals(call.field(PORTAL_OUTCOME)));
    }

    /** Adds what it reads to {@code plan}. */
    public static void plan(FieldPlan.Builder plan) {
        plan.take(SIGN_INS, List.of(OUTCOME, PORTAL_OUTCOME));
    }

    /** Judges {@code count} like calls of {@code actor}, whose profile learns them; null if there is nothing to say. */
    public @Nullable Unusual judge(ApiCall call, int count, Actor actor, Values values, Profile profile) {
        long day = Math.floorDiv(call.at(), 86_400L);
        judged = null;
        Unusual unusual = evidence(call, count, actor, values, profile, day);
        for (Feature feature : Feature.OF_CALLS) {
            long value = values.of(feature);
            if (!profile.table().knows(feature, value) && !profile.isDisputed(feature, value, day)) {
                account.commons(feature).add(value, actor.peers());
            }
            profile.learn(feature, value, day);
        }
        if (unusual != null) {
            profile.dispute(profile.session(call.at()), day);
        }
        return unusual;
    }

    /** What came of the call judged last, in detail; null if it was no evidence at all. */
    public @Nullable Judged judged() {
        return judged;
    }

    private @Nullable Unusual evidence(ApiCall call, int count, Actor actor, Values values, Profile profile, long day) {
        if (actor.serviceLinked() || call.byService()) {
            return null;
        }
        if (SIGN_INS.contains(call.action())) {
            return signIn(call, actor, values, profile, day);
        }
        ApiTactics.Entry entry = ApiTactics.of(call.service(), call.action(), call.readOnly());
        ValueTable table = profile.table();
        int active = table.activeBefore(day);
        int own = active < OWN_DAYS ? 0 : active;
        double world = Surprise.world(Feature.API, entry.standing() != ApiTactics.Standing.BY_RULE);
        double peers = Surprise.amongPeers(account.commons(Feature.API), values.api(), actor.peers(), world);
        ValueTable.Counts counts = own == 0 ? NOTHING : table.counts(Feature.API, day);
        int days = own == 0 ? 0 : table.daysBefore(Feature.API, values.api(), day);
        double rate = Surprise.rate(Surprise.own(days, counts, peers), counts, own, peers);
        double bits = Surprise.bits(1.0 / entry.standing().sessions(), rate);
        if (bits <= 0) {
            return null;
        }
        profile.unusual(values.api(), day);
        Session session = profile.session(call.at());
        String outcome = call.errorCode() == null ? "success" : call.errorCode();
        Session.Api api = new Session.Api(
                call.service(), call.action(), outcome, entry.tactic().risk(), (int) Math.round(bits * 1_000));
        session.add(call.at(), entry.tactic(), api, count);
        double network = clip(0.02, Feature.NETWORK, actor, values, table, own, day, -1, 6);
        double agent = clip(0.15, Feature.AGENT, actor, values, table, own, day, -1, 4);
        double region = clip(0.1, Feature.REGION, actor, values, table, own, day, -0.5, 3);
        session.context(network, agent, region);
        boolean learned = isOldEnough(day, CONTEXT_LEARN_DAYS);
        if (isWorthNoting(entry.standing(), bits, learned)) {
            notice = new Notice(
                    call,
                    count,
                    actor,
                    entry,
                    bits,
                    network,
                    agent,
                    region,
                    fresh(feature -> table.daysBefore(feature, values.of(feature), day) == 0),
                    fresh(feature -> account.commons(feature).kinds(values.of(feature)) == 0),
                    learned);
        }
        if (isDenied(outcome)) {
            session.denied();
        }
        for (Feature feature : Feature.OF_CALLS) {
            if (!table.knows(feature, values.of(feature))) {
                session.fresh(feature, values.of(feature));
            }
        }
        return verdict(call, entry.tactic(), session, actor, values, profile, day);
    }

    /** While an account is new, everything is unusual in it: only what attackers are best known for is noted. */
    private static boolean isWorthNoting(ApiTactics.Standing standing, double bits, boolean learned) {
        return bits >= NOTICE_BITS
                && standing != ApiTactics.Standing.BY_RULE
                && (learned || standing == ApiTactics.Standing.WELL_KNOWN);
    }

    /** What {@link #judge} saw of the call it judged last, if that is unusual for its identity at all; once. */
    public @Nullable Notice takeNotice() {
        Notice taken = notice;
        notice = null;
        return taken;
    }

    private boolean isOldEnough(long day, int days) {
        return account.activeBefore(day) >= (learnDays == null ? days : learnDays);
    }

    private static Notice.Fresh fresh(Predicate<Feature> isNew) {
        return new Notice.Fresh(
                isNew.test(Feature.API),
                isNew.test(Feature.NETWORK),
                isNew.test(Feature.AGENT),
                isNew.test(Feature.REGION));
    }

    /** A sign-in is judged by where it came from alone: what is done is always the same (anomaly research 3.6). */
    private @Nullable Unusual signIn(ApiCall call, Actor actor, Values values, Profile profile, long day) {
        ValueTable table = profile.table();
        if (table.activeBefore(day) < OWN_DAYS || !isOldEnough(day, CONTEXT_LEARN_DAYS)) {
            return null;
        }
        boolean network = !table.knows(Feature.NETWORK, values.network());
        boolean agent = !table.knows(Feature.AGENT, values.agent());
        boolean foreign = account.commons(Feature.NETWORK).kinds(values.network()) == 0;
        boolean strange = network && (agent || foreign);
        judged = new Judged(
                call,
                Tactic.INITIAL_ACCESS.typeName(),
                actor.key(),
                List.of(
                        new Judged.Part("network new to the identity", network ? 1 : 0),
                        new Judged.Part("and to the account, or the tool to the identity", agent || foreign ? 1 : 0)),
                List.of(new Judged.Channel("context", (network ? 1 : 0) + (strange ? 1 : 0), 2, 0)),
                account.activeBefore(day),
                table.activeBefore(day),
                null,
                strange);
        if (!strange) {
            return null;
        }
        profile.unusual(values.api(), day);
        Session session = profile.session(call.at());
        session.add(
                call.at(),
                Tactic.INITIAL_ACCESS,
                new Session.Api(call.service(), call.action(), "success", Tactic.INITIAL_ACCESS.risk(), 0),
                1);
        session.fresh(Feature.NETWORK, values.network());
        return session.alarms(Tactic.INITIAL_ACCESS)
                ? unusual(call, Tactic.INITIAL_ACCESS, session, values, profile, day, true)
                : null;
    }

    private static final ValueTable.Counts NOTHING = new ValueTable.Counts(0, 0, 0, 0);

    private static boolean isCommon(String action) {
        return COMMON.contains(action) || action.startsWith(PARAMETERS);
    }

    private static boolean isDenied(String outcome) {
        return outcome.contains("AccessDenied") || outcome.contains("Unauthorized");
    }

    /** How unusual the value of {@code feature} is, in bits against {@code usual}, within bounds. */
    private double clip(
            double usual,
            Feature feature,
            Actor actor,
            Values values,
            ValueTable table,
            int own,
            long day,
            double least,
            double most) {
        long value = values.of(feature);
        double peers =
                Surprise.amongPeers(account.commons(feature), value, actor.peers(), Surprise.world(feature, true));
        double share = own == 0
                ? peers
                : Surprise.own(table.daysBefore(feature, value, day), table.counts(feature, day), peers);
        return Math.clamp(Surprise.log2(usual / Math.max(share, 1e-12)), least, most);
    }

    private @Nullable Unusual verdict(
            ApiCall call, Tactic tactic, Session session, Actor actor, Values values, Profile profile, long day) {
        double[] thresholds = THRESHOLDS.getOrDefault(tactic, new double[] {9, 9});
        Judged.Channel context = new Judged.Channel(
                "context",
                session.contextChannel(tactic),
                thresholds[0],
                learnDays == null ? CONTEXT_LEARN_DAYS : learnDays);
        Judged.Channel calls = new Judged.Channel(
                "calls", session.callBits(tactic), thresholds[1], learnDays == null ? CALL_LEARN_DAYS : learnDays);
        boolean byContext = speaks(context, day);
        boolean enough = byContext || speaks(calls, day);
        String exception = isCommon(call.action())
                ? "everybody calls it, so that it makes no finding alone"
                : enough && !session.alarms(tactic) ? "its session led to a finding of a riskier tactic" : null;
        boolean spoke = enough && exception == null;
        judged = new Judged(
                call,
                tactic.typeName(),
                actor.key(),
                session.parts(tactic),
                List.of(context, calls),
                account.activeBefore(day),
                profile.table().activeBefore(day),
                exception,
                spoke);
        return spoke ? unusual(call, tactic, session, values, profile, day, byContext) : null;
    }

    private boolean speaks(Judged.Channel channel, long day) {
        return account.activeBefore(day) >= channel.learnDays() && channel.bits() >= channel.threshold();
    }

    private Unusual unusual(
            ApiCall call, Tactic tactic, Session session, Values values, Profile profile, long day, boolean byContext) {
        return new Unusual(
                call,
                tactic,
                session.callBits(tactic),
                session.contextBits(),
                byContext,
                session.apis().stream()
                        .map(api -> new Unusual.Api(api.service(), api.action(), api.outcome()))
                        .toList(),
                AgentFamily.of(call.userAgent(), call.byService()),
                profile.disputedSince(values, day),
                profile.table().activeBefore(day),
                judged);
    }
}
