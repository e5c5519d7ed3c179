package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.detect.SessionDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.Account;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Judge;
import dev.tocsin.core.identity.Notice;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.List;

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
            return Account.read(in);
        }
    });

    private final EngineServices services;
    private final List<SessionDetector> detectors;
    private final CallerNetworks networks = new CallerNetworks();
    private final AccountUse use = new AccountUse(networks);
    private final HeldCalls held = new HeldCalls(MINUTE, "heldCalls", "heldShares");

    IdentityHabits(EngineServices services, List<SessionDetector> detectors) {
        this.services = services;
        this.detectors = detectors;
    }

    /** Takes a call that is no duplicate. */
    void observe(ApiCall call, KeyContext context, DetectorContext detectorContext) {
        if (detectors.isEmpty() || call.category() != ApiCall.Category.MANAGEMENT || Judge.isFailedSignIn(call)) {
            return;
        }
        Actor actor = Actor.of(call);
        if (actor == null) {
            return;
        }
        Values values = Values.of(call, networks.of(call, detectorContext));
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
            Profile late = profile == null ? new Profile() : profile;
            late.marks(values, day);
            context.put(IdentityProfiles.KIND, actor.key(), late);
            use.note(call, values, late, day, context, detectorContext);
            return;
        }
        held.add(new Held.Some(call, 1), actor, values, call.at(), context);
    }

    /** Judges the calls of the minute that ends at {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        List<Held.Some> calls = held.take(at, context);
        if (calls.isEmpty()) {
            return;
        }
        Account account = account(context);
        Judge judge = new Judge(account, services.learnDays());
        DetectorContext detectorContext = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        for (Held.Some some : calls) {
            judge(some, judge, account, context, detectorContext, signals);
        }
        context.put(ACCOUNT, ONLY, account);
    }

    private static Account account(KeyContext context) {
        Account known = context.get(ACCOUNT, ONLY);
        return known == null ? new Account() : known;
    }

    private void judge(
            Held.Some some,
            Judge judge,
            Account account,
            KeyContext context,
            DetectorContext detectorContext,
            Signals signals) {
        ApiCall call = some.first();
        Actor actor = Actor.of(call);
        if (actor == null) {
            return;
        }
        long day = Math.floorDiv(call.at(), DAY);
        account.seen(day);
        Profile known = context.get(IdentityProfiles.KIND, actor.key());
        Profile profile = known == null ? new Profile() : known;
        Values values = Values.of(call, networks.of(call, detectorContext));
        Unusual unusual = judge.judge(call, some.count(), actor, values, profile);
        Notice notice = judge.takeNotice();
        if (notice != null) {
            signals.accept(SequenceStep.of(notice, detectorContext));
        }
        context.put(IdentityProfiles.KIND, actor.key(), profile);
        use.note(call, values, profile, day, context, detectorContext);
        if (unusual != null) {
            Usual usual = use.usual(unusual, values, profile, context, detectorContext);
            detectors.forEach(detector -> detector.observe(unusual, usual, detectorContext, signals));
        }
    }
}
