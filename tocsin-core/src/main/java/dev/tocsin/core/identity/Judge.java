package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds calls against the habits of their identity, its peers and its account; sees each identity's calls in their order. */
public final class Judge {

    /** Active days from which an identity is judged by its own history; until then by its peers' (anomaly research 3.5). */
    static final int OWN_DAYS = 3;

    /** Active days of the account in the last month before the context channel speaks (anomaly research 3.5). */
    static final int CONTEXT_LEARN_DAYS = 7;

    /** Days after an identity's first call from a network in which that is still new to it. */
    static final int PROBATION_DAYS = 3;

    /** Active days of the account in the last month before the call channel speaks (anomaly research 3.5). */
    static final int CALL_LEARN_DAYS = 14;

    /** Bits from which an unusual call is a signal of a sequence: below, half of the identities make one a day. */
    static final int NOTICE_BITS = 1;

    /** Calls of which it reads {@link #FIELDS_READ}. */
    public static final Set<String> ACTIONS_READ = Made.ACTIONS;

    /** What it reads of a request. */
    public static final List<FieldPath> FIELDS_READ = Made.FIELDS;

    /** Calls that everybody makes and that never make a finding alone (anomaly research 3.4). */
    private static final Set<String> COMMON =
            Set.of("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetCallerIdentity", "Decrypt");

    /** Calls that blind who watches, or destroy for good: one is enough of an identity that never makes it. */
    private static final Set<String> CATASTROPHES = Set.of(
            "DeleteConfigurationRecorder",
            "DeleteDeliveryChannel",
            "DeleteDetector",
            "DeleteEventDataStore",
            "DeleteFlowLogs",
            "DeleteTrail",
            "DisableOrganizationAdminAccount",
            "DisableSecurityHub",
            "DisassociateFromAdministratorAccount",
            "LeaveOrganization",
            "PutEventSelectors",
            "ScheduleKeyDeletion",
            "StopConfigurationRecorder",
            "StopEventDataStoreIngestion",
            "StopLogging");

    /** What calls begin with that make what costs or computes. */
    private static final List<String> CREATING = List.of("Create", "Run", "Launch", "Request");

    /** Bits from which one of them speaks alone: 8 in anomaly research 3.6, where the score knew fewer calls well. */
    static final double CATASTROPHE_BITS = 6;

    /** Sign-ins by a browser. */
    private static final Set<String> SIGN_INS = Set.of("ConsoleLogin", "UserAuthentication", "Federate");

    /** Where a console sign-in says how it ended; most that fail have no errorCode. */
    private static final FieldPath OUTCOME = FieldPath.of("responseElements.ConsoleLogin");

    /** The same of a sign-in at the portal of IAM Identity Center. */
    private static final FieldPath PORTAL_OUTCOME = FieldPath.of("serviceEventDetails.UserAuthentication");

    /** Whether a console sign-in came with a second factor; of those through an identity provider it is always No. */
    private static final FieldPath SECOND_FACTOR = FieldPath.of("additionalEventData.MFAUsed");

    private static final String PARAMETERS = "GetParameter";

    private final Account account;
    private final @Nullable Integer learnDays;
    private final Budget budget;
    private @Nullable Notice notice;
    private @Nullable Judged judged;

    /** A judge over {@code account}; {@code learnDays} as the operator wants it, or null for the documented days. */
    public Judge(Account account, @Nullable Integer learnDays, Budget budget) {
        this.account = account;
        this.learnDays = learnDays;
        this.budget = budget;
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
        plan.take(SIGN_INS, List.of(OUTCOME, PORTAL_OUTCOME, SECOND_FACTOR));
    }

    /** Judges {@code count} like calls of {@code actor}, whose profile learns them; null if there is nothing to say. */
    public @Nullable Unusual judge(ApiCall call, int count, Actor actor, Values values, Profile profile) {
        long day = Math.floorDiv(call.at(), 86_400L);
        judged = null;
        Unusual unusual = evidence(call, count, actor, values, profile, day);
        if (call.failed() && profile.table().activeBefore(day + 1) == 0) {
            return unusual; // who never succeeded teaches nothing
        }
        for (Feature feature : Feature.OF_CALLS) {
            long value = values.of(feature);
            if (!profile.table().knows(feature, value) && !profile.isDisputed(feature, value, day)) {
                account.commons(feature).add(value, actor.peers());
            }
            profile.learn(feature, value, day);
        }
        if (unusual != null) {
            Session session = profile.session(call.at());
            account.forgetRegions(session, profile.table(), actor.peers());
            profile.dispute(session, day);
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
        double peers = Surprise.amongPeers(account.commons(Feature.API), values.of(Feature.API), actor.peers(), world);
        ValueTable.Counts counts = own == 0 ? NOTHING : table.counts(Feature.API, day);
        int days = own == 0 ? 0 : table.daysBefore(Feature.API, values.of(Feature.API), day);
        double rate = Surprise.rate(Surprise.own(days, counts, peers), counts, own, peers);
        double bits = Surprise.bits(1.0 / entry.standing().sessions(), rate);
        Surroundings.Seen from = surroundings(actor, values, table, own, day);
        Surroundings maker = account.made().maker(call, own == 0, day);
        if (bits <= 0 && !from.isUnusual() && maker == null) {
            return null;
        }
        if (bits > 0) {
            profile.unusual(values.of(Feature.API), day);
        }
        Session session = profile.session(call.at());
        String outcome = call.errorCode() == null ? "success" : call.errorCode();
        session.add(call.at(), new Session.Api(call.service(), call.action(), outcome));
        session.from().add(from);
        if (maker != null) {
            session.from().add(maker);
        }
        boolean learned = isOldEnough(day, CONTEXT_LEARN_DAYS);
        if (isWorthNoting(entry.standing(), bits, learned)) {
            notice = new Notice(
                    call,
                    count,
                    actor,
                    entry,
                    bits,
                    from.network(),
                    from.agent(),
                    from.region(),
                    fresh(feature -> table.daysBefore(feature, values.of(feature), day) == 0),
                    fresh(feature -> account.commons(feature).kinds(values.of(feature)) == 0),
                    learned);
        }
        account.made().note(call, day, session.from());
        boolean common = isCommon(call.action());
        int milliBits = (int) Math.round(Math.max(bits, 0) * 1_000);
        Evidence evidence = session.of(entry.tactic());
        evidence.add(new Evidence.Sign(
                values.of(Feature.API),
                call.service(),
                count,
                milliBits,
                entry.standing(),
                common,
                creates(call.action()),
                novelty(values.of(Feature.API), days)));
        for (Feature feature : Feature.OF_CALLS) {
            if (!table.knows(feature, values.of(feature))) {
                session.fresh(feature, values.of(feature));
            }
        }
        boolean catastrophe = days == 0 && CATASTROPHES.contains(call.action()) && bits >= CATASTROPHE_BITS;
        return verdict(call, common, catastrophe, evidence, actor, session, values, profile, day);
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

    private Evidence.Novelty novelty(long api, int days) {
        if (days > 0) {
            return Evidence.Novelty.NONE;
        }
        return account.commons(Feature.API).kinds(api) == 0 ? Evidence.Novelty.ACCOUNT : Evidence.Novelty.IDENTITY;
    }

    private Surroundings.Seen surroundings(Actor actor, Values values, ValueTable table, int own, long day) {
        boolean foreignNetwork = account.commons(Feature.NETWORK).kinds(values.of(Feature.NETWORK)) == 0;
        boolean stranger = table.activeBefore(day) == 0;
        int onNetwork = settledDays(Feature.NETWORK, values, table, day);
        return new Surroundings.Seen(
                clip(0.02, Feature.NETWORK, actor, values, table, own, day, -1, 6),
                clip(0.15, Feature.AGENT, actor, values, table, own, day, -1, 4),
                clip(0.1, Feature.REGION, actor, values, table, own, day, -0.5, 3),
                (own > 0 && onNetwork == 0) || (stranger && foreignNetwork),
                own > 0 && table.daysBefore(Feature.AGENT, values.of(Feature.AGENT), day) == 0,
                foreignNetwork,
                account.commons(Feature.REGION).kinds(values.of(Feature.REGION)) == 0);
    }

    /** A sign-in is judged by where it came from alone: what is done is always the same (anomaly research 3.6). */
    private @Nullable Unusual signIn(ApiCall call, Actor actor, Values values, Profile profile, long day) {
        ValueTable table = profile.table();
        if (!isOldEnough(day, CONTEXT_LEARN_DAYS)) {
            return null;
        }
        boolean young = table.activeBefore(day) < OWN_DAYS;
        boolean network = !table.knows(Feature.NETWORK, values.of(Feature.NETWORK));
        boolean agent = !young && !table.knows(Feature.AGENT, values.of(Feature.AGENT));
        Commons networks = account.commons(Feature.NETWORK);
        boolean foreign = networks.kinds(values.of(Feature.NETWORK)) == 0;
        boolean nobodys = networks.users(values.of(Feature.NETWORK), Actor.Peers.PEOPLE) == 0
                && networks.users(values.of(Feature.NETWORK), Actor.Peers.USERS) == 0;
        boolean unproven = nobodys && !hasSecondFactor(call); // who travels shows it, who found a password cannot
        boolean strange = network && (young ? foreign && hasNoSecondFactor(call) : agent || unproven);
        judged = new Judged(
                call,
                Tactic.INITIAL_ACCESS.typeName(),
                actor.key(),
                List.of(
                        new Judged.Part("network new to the identity", network ? 1 : 0),
                        new Judged.Part(
                                "and to all people, without a second factor; or the tool to the identity",
                                agent || unproven ? 1 : 0)),
                List.of(new Judged.Channel("context", (network ? 1 : 0) + (strange ? 1 : 0), 2, 0)),
                account.activeBefore(day),
                table.activeBefore(day),
                null,
                strange);
        if (!strange) {
            return null;
        }
        profile.unusual(values.of(Feature.API), day);
        Session session = profile.session(call.at());
        session.add(call.at(), new Session.Api(call.service(), call.action(), "success"));
        session.fresh(Feature.NETWORK, values.of(Feature.NETWORK));
        Evidence evidence = session.of(Tactic.INITIAL_ACCESS);
        return session.alarms(Tactic.INITIAL_ACCESS)
                ? unusual(call, evidence, actor, session, values, profile, day, Unusual.Channel.SIGN_IN)
                : null;
    }

    /** Whether a password was enough: of an IAM user or root, who have their second factor from AWS. */
    private static boolean hasNoSecondFactor(ApiCall call) {
        String type = call.identity().type();
        return ("IAMUser".equals(type) || "Root".equals(type)) && "No".equals(call.field(SECOND_FACTOR));
    }

    /** Whether a second factor was shown as well. */
    private static boolean hasSecondFactor(ApiCall call) {
        return "Yes".equals(call.field(SECOND_FACTOR));
    }

    private static final ValueTable.Counts NOTHING = new ValueTable.Counts(0, 0, 0, 0);

    private static boolean creates(String action) {
        return CREATING.stream().anyMatch(action::startsWith);
    }

    private static boolean isCommon(String action) {
        return COMMON.contains(action) || action.startsWith(PARAMETERS);
    }

    /**
     * On how many days before {@code day} the value was used. A network that an old identity took up lately is none of its
     * habits yet, or an intruder who takes a step a day is at home at the second.
     */
    private static int settledDays(Feature feature, Values values, ValueTable table, long day) {
        long value = values.of(feature);
        boolean onProbation = feature == Feature.NETWORK
                && table.activeBefore(day) >= CONTEXT_LEARN_DAYS
                && table.daysBefore(feature, value, day - PROBATION_DAYS) == 0;
        return onProbation ? 0 : table.daysBefore(feature, value, day);
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
                : Surprise.own(settledDays(feature, values, table, day), table.counts(feature, day), peers);
        return Math.clamp(Surprise.log2(usual / Math.max(share, 1e-12)), least, most);
    }

    private @Nullable Unusual verdict(
            ApiCall call,
            boolean common,
            boolean catastrophe,
            Evidence evidence,
            Actor actor,
            Session session,
            Values values,
            Profile profile,
            long day) {
        Tactic tactic = evidence.tactic();
        Judged.Channel context = new Judged.Channel(
                Unusual.Channel.CONTEXT.text(),
                evidence.context(actor.peers(), session.from()),
                budget.context(),
                learnDays == null ? CONTEXT_LEARN_DAYS : learnDays);
        Judged.Channel calls = new Judged.Channel(
                Unusual.Channel.CALLS.text(),
                evidence.calls(actor.peers()),
                catastrophe ? Math.min(CATASTROPHE_BITS, budget.calls(tactic)) : budget.calls(tactic),
                learnDays == null ? CALL_LEARN_DAYS : learnDays);
        Unusual.Channel by =
                speaks(context, day) ? Unusual.Channel.CONTEXT : speaks(calls, day) ? Unusual.Channel.CALLS : null;
        if (by == null && !common && isOldEnough(day, CALL_LEARN_DAYS)) {
            double below = Math.min(context.threshold() - context.bits(), calls.threshold() - calls.bits());
            by = profile.slowly().add(day, below, call.service(), call.action()) ? Unusual.Channel.SLOW : null;
        }
        String exception = common && !(call.action().startsWith(PARAMETERS) && session.isAlarmed())
                ? "everybody calls it, so that it makes no finding alone"
                : by != null && !session.alarms(tactic) ? "its session led to a finding of a riskier tactic" : null;
        boolean spoke = by != null && exception == null;
        judged = new Judged(
                call,
                tactic.typeName(),
                actor.key(),
                evidence.parts(actor.peers(), session.from()),
                List.of(context, calls),
                account.activeBefore(day),
                profile.table().activeBefore(day),
                exception,
                spoke);
        if (by == null || !spoke) {
            return null;
        }
        Unusual unusual = unusual(call, evidence, actor, session, values, profile, day, by);
        if (by == Unusual.Channel.SLOW) {
            profile.slowly().clear();
        }
        return unusual;
    }

    private boolean speaks(Judged.Channel channel, long day) {
        return account.activeBefore(day) >= channel.learnDays() && channel.bits() >= channel.threshold();
    }

    private Unusual unusual(
            ApiCall call,
            Evidence evidence,
            Actor actor,
            Session session,
            Values values,
            Profile profile,
            long day,
            Unusual.Channel channel) {
        return new Unusual(
                call,
                evidence.tactic(),
                evidence.calls(actor.peers()),
                evidence.context(actor.peers(), session.from()),
                channel,
                session.apis().stream()
                        .map(api -> new Unusual.Api(api.service(), api.action(), api.outcome()))
                        .toList(),
                AgentFamily.of(call.userAgent(), call.byService()),
                profile.disputedSince(values, day),
                profile.table().activeBefore(day),
                judged,
                channel == Unusual.Channel.SLOW
                        ? profile.slowly().days().stream()
                                .map(one ->
                                        new Unusual.Day(one.day(), one.service(), one.action(), one.milli() / 1_000.0))
                                .toList()
                        : List.of());
    }
}
