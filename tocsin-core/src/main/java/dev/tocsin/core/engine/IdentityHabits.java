package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.SessionDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.Account;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Judge;
import dev.tocsin.core.identity.Profile;
import dev.tocsin.core.identity.Unusual;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final int SHARES = 64;
    private static final String ONLY = "";

    private static final StateKind<Profile> PROFILE = new StateKind<>("profile", 1, new StateKind.Codec<>() {
        @Override
        public void write(Profile profile, JsonGenerator out) throws IOException {
            profile.write(out);
        }

        @Override
        public Profile read(JsonParser in, int version) throws IOException {
            return Profile.read(in);
        }
    });

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

    private static final StateKind<Held> HELD = new StateKind<>("heldCalls", 1, new StateKind.Codec<>() {
        @Override
        public void write(Held held, JsonGenerator out) throws IOException {
            held.write(out);
        }

        @Override
        public Held read(JsonParser in, int version) throws IOException {
            return Held.read(in);
        }
    });

    /** Which shares of a minute hold calls, as bits: so that the others are not asked for. */
    private static final StateKind<Long> SHARED = new StateKind<>("heldShares", 1, new StateKind.Codec<>() {
        @Override
        public void write(Long shares, JsonGenerator out) throws IOException {
            out.writeNumber(shares);
        }

        @Override
        public Long read(JsonParser in, int version) throws IOException {
            in.nextToken();
            return in.getLongValue();
        }
    });

    private final EngineServices services;
    private final List<SessionDetector> detectors;
    private final CallerNetworks networks = new CallerNetworks();
    private final AccountUse use = new AccountUse(networks);

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
        Profile profile = context.get(PROFILE, actor.key());
        if (profile != null && profile.isSettled(values, day)) {
            return;
        }
        if (profile != null && profile.isHabit(values, day, HABIT_DAYS)) {
            if (profile.marks(values, day)) {
                context.put(PROFILE, actor.key(), profile);
                use.note(call, values, profile, day, context, detectorContext);
                Account account = account(context);
                account.seen(day);
                context.put(ACCOUNT, ONLY, account);
            }
            return;
        }
        long minute = Math.floorDiv(call.at(), MINUTE);
        if ((minute + 1) * MINUTE <= context.watermark()) {
            Profile late = profile == null ? new Profile() : profile;
            late.marks(values, day);
            context.put(PROFILE, actor.key(), late);
            use.note(call, values, late, day, context, detectorContext);
            return;
        }
        int share = actor.key().hashCode() & (SHARES - 1);
        String name = minute + "/" + share;
        Held held = context.get(HELD, name);
        if (held == null) {
            held = new Held();
            String whole = Long.toString(minute);
            Long shares = context.get(SHARED, whole);
            context.put(SHARED, whole, (shares == null ? 0 : shares) | 1L << share);
            context.timerAt((minute + 1) * MINUTE);
        }
        held.add(call, actor, values);
        context.put(HELD, name, held);
    }

    /** Judges the calls of the minute that ends at {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        if (Math.floorMod(at, MINUTE) != 0) {
            return;
        }
        String minute = Long.toString(at / MINUTE - 1);
        Long shares = context.get(SHARED, minute);
        if (shares == null) {
            return;
        }
        context.remove(SHARED, minute);
        List<Held.Some> calls = new ArrayList<>();
        for (long rest = shares; rest != 0; rest &= rest - 1) {
            String name = minute + "/" + Long.numberOfTrailingZeros(rest);
            Held held = context.get(HELD, name);
            if (held != null) {
                calls.addAll(held.all());
                context.remove(HELD, name);
            }
        }
        calls.sort(Held.ORDER);
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
        Profile known = context.get(PROFILE, actor.key());
        Profile profile = known == null ? new Profile() : known;
        Values values = Values.of(call, networks.of(call, detectorContext));
        Unusual unusual = judge.judge(call, some.count(), actor, values, profile);
        context.put(PROFILE, actor.key(), profile);
        use.note(call, values, profile, day, context, detectorContext);
        if (unusual != null) {
            Usual usual = use.usual(unusual, values, profile, context, detectorContext);
            detectors.forEach(detector -> detector.observe(unusual, usual, detectorContext, signals));
        }
    }
}
