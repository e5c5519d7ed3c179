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

    /** Active days of the account in the last month before the context channel speaks (anomaly research 3.5). */
    static final int CONTEXT_LEARN_DAYS = 7;

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

    /** Adds what it reads to {@code plan}. */
    public static void plan(FieldPlan.Builder plan) {
        SignIns.plan(plan);
    }

    /** Judges {@code count} like calls of {@code actor}, whose profile learns them; null if there is nothing to say. */
    public @Nullable Unusual judge(ApiCall call, int count, Actor actor, Values values, Profile profile) {
        Trial trial = new Trial(call, count, actor, values, profile, Math.floorDiv(call.at(), 86_400L));
        judged = null;
        Unusual unusual = evidence(trial);
        if (call.failed() && profile.table().activeBefore(trial.day() + 1) == 0) {
            return unusual; // who never succeeded teaches nothing
        }
        for (Feature feature : Feature.OF_CALLS) {
            long value = values.of(feature);
            if (!trial.knows(feature) && !profile.isDisputed(feature, value, trial.day())) {
                account.commons(feature).add(value, actor.peers());
            }
            profile.learn(feature, value, trial.day());
        }
        if (unusual != null) {
            Session session = profile.session(call.at());
            account.forgetRegions(session, profile.table(), actor.peers());
            profile.dispute(session, trial.day());
        }
        return unusual;
    }

    /** What came of the call judged last, in detail; null if it was no evidence at all. */
    public @Nullable Judged judged() {
        return judged;
    }

    private @Nullable Unusual evidence(Trial trial) {
        ApiCall call = trial.call();
        if (trial.actor().serviceLinked() || call.byService()) {
            return null;
        }
        if (SignIns.is(call)) {
            return signIn(trial);
        }
        ApiTactics.Entry entry = ApiTactics.of(call.service(), call.action(), call.readOnly());
        int days = trial.ownDays() == 0 ? 0 : trial.days(Feature.API);
        double bits = surprise(trial, entry, days);
        Surroundings.Seen from = Surroundings.Seen.of(trial, account);
        Surroundings maker = account.made().maker(call, trial.ownDays() == 0, trial.day());
        if (bits <= 0 && !from.isUnusual() && maker == null) {
            return null;
        }
        if (bits > 0) {
            trial.profile().unusual(trial.value(Feature.API), trial.day());
        }
        Session session = trial.profile().session(call.at());
        String outcome = call.errorCode() == null ? "success" : call.errorCode();
        session.add(call.at(), new Session.Api(call.service(), call.action(), outcome));
        session.from().add(from);
        if (maker != null) {
            session.from().add(maker);
        }
        note(trial, entry, bits, from);
        account.made().note(call, trial.day(), session.from());
        boolean common = isCommon(call.action());
        Evidence evidence = session.of(entry.tactic());
        evidence.add(new Evidence.Sign(
                trial.value(Feature.API),
                call.service(),
                trial.count(),
                (int) Math.round(Math.max(bits, 0) * 1_000),
                entry.standing(),
                common,
                creates(call.action()),
                novelty(trial, days)));
        for (Feature feature : Feature.OF_CALLS) {
            if (!trial.knows(feature)) {
                session.fresh(feature, trial.value(feature));
            }
        }
        boolean catastrophe = days == 0 && CATASTROPHES.contains(call.action()) && bits >= CATASTROPHE_BITS;
        return verdict(trial, common, catastrophe, evidence, session);
    }

    /** How much likelier an attacker's session makes the call than the identity does, in bits. */
    private double surprise(Trial trial, ApiTactics.Entry entry, int days) {
        int own = trial.ownDays();
        double world = Surprise.world(Feature.API, entry.standing() != ApiTactics.Standing.BY_RULE);
        double peers = Surprise.amongPeers(
                account.commons(Feature.API),
                trial.value(Feature.API),
                trial.actor().peers(),
                world);
        ValueTable.Counts counts = own == 0 ? NOTHING : trial.table().counts(Feature.API, trial.day());
        double rate = Surprise.rate(Surprise.own(days, counts, peers), counts, own, peers);
        return Surprise.bits(1.0 / entry.standing().sessions(), rate);
    }

    private void note(Trial trial, ApiTactics.Entry entry, double bits, Surroundings.Seen from) {
        boolean learned = isOldEnough(trial.day(), CONTEXT_LEARN_DAYS);
        if (!isWorthNoting(entry.standing(), bits, learned)) {
            return;
        }
        notice = new Notice(
                trial.call(),
                trial.count(),
                trial.actor(),
                entry,
                bits,
                from.network(),
                from.agent(),
                from.region(),
                fresh(feature -> trial.days(feature) == 0),
                fresh(feature -> account.commons(feature).kinds(trial.value(feature)) == 0),
                learned);
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

    private Evidence.Novelty novelty(Trial trial, int days) {
        if (days > 0) {
            return Evidence.Novelty.NONE;
        }
        boolean nobodys = account.commons(Feature.API).kinds(trial.value(Feature.API)) == 0;
        return nobodys ? Evidence.Novelty.ACCOUNT : Evidence.Novelty.IDENTITY;
    }

    private @Nullable Unusual signIn(Trial trial) {
        if (!isOldEnough(trial.day(), CONTEXT_LEARN_DAYS)) {
            return null;
        }
        judged = SignIns.judge(trial, account);
        if (!judged.spoke()) {
            return null;
        }
        ApiCall call = trial.call();
        trial.profile().unusual(trial.value(Feature.API), trial.day());
        Session session = trial.profile().session(call.at());
        session.add(call.at(), new Session.Api(call.service(), call.action(), "success"));
        session.fresh(Feature.NETWORK, trial.value(Feature.NETWORK));
        return session.alarms(Tactic.INITIAL_ACCESS)
                ? unusual(trial, session.of(Tactic.INITIAL_ACCESS), session, Unusual.Channel.SIGN_IN)
                : null;
    }

    private static final ValueTable.Counts NOTHING = new ValueTable.Counts(0, 0, 0, 0);

    private static boolean creates(String action) {
        return CREATING.stream().anyMatch(action::startsWith);
    }

    private static boolean isCommon(String action) {
        return COMMON.contains(action) || action.startsWith(PARAMETERS);
    }

    private @Nullable Unusual verdict(
            Trial trial, boolean common, boolean catastrophe, Evidence evidence, Session session) {
        ApiCall call = trial.call();
        long day = trial.day();
        Tactic tactic = evidence.tactic();
        Actor.Peers peers = trial.actor().peers();
        Judged.Channel context = new Judged.Channel(
                Unusual.Channel.CONTEXT.text(),
                evidence.context(peers, session.from()),
                budget.context(),
                learnDays == null ? CONTEXT_LEARN_DAYS : learnDays);
        Judged.Channel calls = new Judged.Channel(
                Unusual.Channel.CALLS.text(),
                evidence.calls(peers),
                catastrophe ? Math.min(CATASTROPHE_BITS, budget.calls(tactic)) : budget.calls(tactic),
                learnDays == null ? CALL_LEARN_DAYS : learnDays);
        Unusual.Channel by =
                speaks(context, day) ? Unusual.Channel.CONTEXT : speaks(calls, day) ? Unusual.Channel.CALLS : null;
        Slowly slowly = trial.profile().slowly();
        if (by == null && !common && isOldEnough(day, CALL_LEARN_DAYS)) {
            double below = Math.min(context.threshold() - context.bits(), calls.threshold() - calls.bits());
            by = slowly.add(day, below, call.service(), call.action()) ? Unusual.Channel.SLOW : null;
        }
        String exception = common && !(call.action().startsWith(PARAMETERS) && session.isAlarmed())
                ? "everybody calls it, so that it makes no finding alone"
                : by != null && !session.alarms(tactic) ? "its session led to a finding of a riskier tactic" : null;
        boolean spoke = by != null && exception == null;
        judged = new Judged(
                call,
                tactic.typeName(),
                trial.actor().key(),
                evidence.parts(peers, session.from()),
                List.of(context, calls),
                account.activeBefore(day),
                trial.activeDays(),
                exception,
                spoke);
        if (by == null || !spoke) {
            return null;
        }
        Unusual unusual = unusual(trial, evidence, session, by);
        if (by == Unusual.Channel.SLOW) {
            slowly.clear();
        }
        return unusual;
    }

    private boolean speaks(Judged.Channel channel, long day) {
        return account.activeBefore(day) >= channel.learnDays() && channel.bits() >= channel.threshold();
    }

    private Unusual unusual(Trial trial, Evidence evidence, Session session, Unusual.Channel channel) {
        ApiCall call = trial.call();
        Actor.Peers peers = trial.actor().peers();
        return new Unusual(
                call,
                evidence.tactic(),
                evidence.calls(peers),
                evidence.context(peers, session.from()),
                channel,
                session.apis().stream()
                        .map(api -> new Unusual.Api(api.service(), api.action(), api.outcome()))
                        .toList(),
                AgentFamily.of(call.userAgent(), call.byService()),
                trial.profile().disputedSince(trial.values(), trial.day()),
                trial.activeDays(),
                judged,
                channel == Unusual.Channel.SLOW ? days(trial.profile().slowly()) : List.of());
    }

    private static List<Unusual.Day> days(Slowly slowly) {
        return slowly.days().stream()
                .map(one -> new Unusual.Day(one.day(), one.service(), one.action(), one.milli() / 1_000.0))
                .toList();
    }
}
