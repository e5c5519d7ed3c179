package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.SessionDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.identity.Account;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Feature;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Judge;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.identity.Notice;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.SignIns;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The habits of an account's identities. What is daily habit is marked at once; any other call is held for its minute and
 * judged in the order of time once no earlier one is awaited, so that the order in which records come decides nothing.
 */
final class IdentityHabits {

    /** Days of use, not counting today and yesterday, from which a value is habit that needs no judgement (label FREQUENT). */
    static final int HABIT_DAYS = 5;

    private static final long MINUTE = 60;
    private static final long DAY = 86_400;
    private static final String ONLY = "";

    private static final StateKind<Account> ACCOUNT = new StateKind<>("habits", 1, new StateKind.Codec<>() {
        @Override
        public void write(Account account, JsonGenerator out) throws IOException {
            account.write(out);
        }

        @Override
        public Account read(JsonParser in, int version) throws IOException {
            return Account.read(Feature.OF_CALLS, in);
        }
    });

    private final EngineServices services;
    private final List<SessionDetector> detectors;
    private final Parties parties;
    private final AccountUse use;
    private final HeldCalls held = new HeldCalls(MINUTE, "heldCalls", "heldShares");
    private final Cap profiles = new Cap("profileCount", Cap.MOST_PROFILES);

    IdentityHabits(EngineServices services, List<SessionDetector> detectors, Parties parties) {
        this.services = services;
        this.detectors = detectors;
        this.parties = parties;
        this.use = AccountUse.ofCalls(parties.networks());
    }

    /** Adds the fields that it reads to {@code plan}. */
    static void plan(FieldPlan.Builder plan) {
        plan.take(Judge.ACTIONS_READ, Judge.FIELDS_READ);
    }

    /** Takes a call of {@code party} that is no duplicate. */
    void observe(ApiCall call, Party party, KeyContext context, DetectorContext detectorContext) {
        if (detectors.isEmpty() || call.category() != ApiCall.Category.MANAGEMENT || SignIns.isFailed(call)) {
            return;
        }
        Actor actor = party.actor();
        if (actor == null) {
            return;
        }
        Values values = party.values(call);
        long day = Math.floorDiv(call.at(), DAY);
        Profile profile = context.get(IdentityProfiles.KIND, actor.key());
        if (profile != null && profile.isSettled(values, day)) {
            return;
        }
        if (profile != null && profile.isHabit(values, day, HABIT_DAYS)) {
            if (profile.marks(values, day)) {
                context.put(IdentityProfiles.KIND, actor.key(), profile);
                use.note(call, values, profile, day, context, detectorContext);
                Account account = account(context);
                account.seen(day);
                context.put(ACCOUNT, ONLY, account);
            }
            return;
        }
        if (held.end(call.at()) <= context.watermark()) {
            late(call, actor, values, profile, context, detectorContext);
            return;
        }
        held.add(new Held.Some(call, 1), actor, values, call.at(), context);
    }

    /** A call whose minute was judged teaches an identity that is known, and is judged no more. */
    private void late(
            ApiCall call,
            Actor actor,
            Values values,
            @Nullable Profile profile,
            KeyContext context,
            DetectorContext detectorContext) {
        if (profile != null) {
            long day = Math.floorDiv(call.at(), DAY);
            profile.marks(values, day);
            context.put(IdentityProfiles.KIND, actor.key(), profile);
            use.note(call, values, profile, day, context, detectorContext);
        }
    }

    /** Judges the calls of the minute that ends at {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        List<Held.Some> calls = held.take(at, context);
        if (calls.isEmpty()) {
            return;
        }
        Account account = account(context);
        Judge judge = new Judge(account, services.learnDays(), services.budget());
        DetectorContext detectorContext = new DetectorContext(services, context);
        for (Held.Some some : calls) {
            judge(some, judge, account, context, detectorContext, out);
        }
        context.put(ACCOUNT, ONLY, account);
    }

    private static Account account(KeyContext context) {
        Account known = context.get(ACCOUNT, ONLY);
        return known == null ? new Account(Feature.OF_CALLS) : known;
    }

    private void judge(
            Held.Some some,
            Judge judge,
            Account account,
            KeyContext context,
            DetectorContext detectorContext,
            Output out) {
        ApiCall call = some.first();
        Party party = parties.of(call, detectorContext);
        Actor actor = party.actor();
        if (actor == null) {
            return;
        }
        long day = Math.floorDiv(call.at(), DAY);
        account.seen(day);
        Profile known = context.get(IdentityProfiles.KIND, actor.key());
        boolean kept = known != null || !call.failed(); // profiles are made at the first call that succeeds
        Profile profile = known == null ? new Profile() : known;
        Values values = party.values(call);
        if (kept) {
            use.note(
                    call, values, profile, day, context, detectorContext); // before what leads to a finding is disputed
        }
        Unusual unusual = judge.judge(call, some.count(), actor, values, profile);
        Notice notice = judge.takeNotice();
        if (notice != null) {
            out.signal(SequenceStep.of(notice, detectorContext));
        }
        Judged judged = judge.judged();
        if (judged != null) {
            out.judged(judged);
        }
        if (kept) {
            context.put(IdentityProfiles.KIND, actor.key(), profile);
        }
        if (kept && known == null) {
            profiles.added(IdentityProfiles.KIND, Profile::day, context);
        }
        if (unusual != null) {
            Usual usual = use.usual(call, values, unusual.apis(), profile, null, context, detectorContext);
            Signals signals = new Signals(out);
            detectors.forEach(detector -> detector.observe(unusual, usual, detectorContext, signals));
        }
    }
}
