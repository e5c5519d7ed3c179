package dev.tocsin.core.engine;

import dev.tocsin.core.credential.Holder;
import dev.tocsin.core.credential.OriginUse;
import dev.tocsin.core.credential.Place;
import dev.tocsin.core.credential.Stolen;
import dev.tocsin.core.credential.Theft;
import dev.tocsin.core.credential.Theft.Verdict;
import dev.tocsin.core.credential.Uses;
import dev.tocsin.core.detect.CredentialDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Values;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From where an account's instances, functions and tasks use their credentials. A call from a place that nothing explains yet
 * is held for ten minutes, and for two hours more where the next ones may explain it; all is asked as of that time, so that
 * the order in which records come decides nothing.
 */
final class CredentialUse {

    private static final long SPAN = 600;
    private static final UseState.Kinds KINDS = UseState.Kinds.named("credential");
    private static final String DELIVERER = "ec2.amazonaws.com";
    private static final String DELIVERY = "AssumeRole";
    private static final FieldPath ROLE = FieldPath.of("requestParameters.roleArn");
    private static final FieldPath SESSION = FieldPath.of("requestParameters.roleSessionName");

    /** Functions call from addresses of AWS that change all the time and belong to no one: they are one place. */
    private static final long FUNCTIONS = Place.origin(Hash.of("functions"), false);

    private final EngineServices services;
    private final List<CredentialDetector> detectors;
    private final HeldCalls held = new HeldCalls(SPAN, "credentialCalls", "credentialShares");
    private final CallerPlaces places = new CallerPlaces();

    CredentialUse(EngineServices services, List<CredentialDetector> detectors) {
        this.services = services;
        this.detectors = detectors;
    }

    /** Adds what it reads to {@code plan}. */
    static void plan(FieldPlan.Builder plan) {
        plan.take(Set.of(DELIVERY), List.of(ROLE, SESSION));
    }

    /** Takes a call of {@code party} that is no duplicate. */
    void observe(ApiCall call, Party party, KeyContext context, DetectorContext asked) {
        Identity who = call.identity();
        if (detectors.isEmpty() || isDelivery(call, context)) {
            return;
        }
        if (isForeign(who, call)) {
            noteForeign(call, party, context, asked);
            return;
        }
        NumberedHolder holder = party.holder();
        if (holder == null || party.byService()) {
            return;
        }
        Place place = places.of(call, asked);
        if (place == null) {
            return;
        }
        UseState state = new UseState(KINDS, context);
        boolean functions =
                place.kind() != Place.Kind.OUTSIDE && holder.holder().kind() == Holder.Kind.FUNCTION;
        long origin = functions ? FUNCTIONS : place.origin();
        Uses uses = state.uses(holder.number());
        if (uses.note(origin, call.at())) {
            state.note(holder.number(), uses, who.actor(), origin, call.at());
        }
        boolean late = held.end(call.at()) <= context.watermark();
        if (!functions && !late && !isExplained(place, holder.number(), uses, call, state, context)) {
            hold(call, 1, holder, origin, call.at(), context);
        }
    }

    /** The account of the identity has its own copy of the record: there it is judged. */
    private static boolean isForeign(Identity who, ApiCall call) {
        return who.accountId() != null && !who.accountId().equals(call.account());
    }

    private void noteForeign(ApiCall call, Party party, KeyContext context, DetectorContext asked) {
        Place place = party.byService() ? null : places.of(call, asked);
        if (place != null && place.kind() == Place.Kind.AWS) {
            new UseState(KINDS, context)
                    .noteForeign(place.origin(), String.valueOf(call.identity().accountId()), call.at());
        }
    }

    /** EC2 itself takes the role of an instance, in a session named like it: such a role is known for an instance's. */
    private static boolean isDelivery(ApiCall call, KeyContext context) {
        if (!call.action().equals(DELIVERY) || !DELIVERER.equals(call.identity().invokedBy())) {
            return false;
        }
        String session = call.field(SESSION);
        String role = call.field(ROLE);
        if (session != null && role != null && session.startsWith("i-")) {
            new UseState(KINDS, context).delivered(role, call.at());
        }
        return true;
    }

    /** Whether nothing that is still to come can make it theft. */
    private static boolean isExplained(
            Place place, long holder, Uses uses, ApiCall call, UseState state, KeyContext context) {
        long origin = place.origin();
        if (place.kind() == Place.Kind.AWS && uses.isHome(origin) && uses.first(origin) < context.watermark()) {
            return true;
        }
        OriginUse byRole = state.byRole(call.identity().actor(), origin);
        OriginUse byAll = state.byAll(origin);
        return place.kind() == Place.Kind.AWS
                ? Theft.isHabitual(byRole, byAll, holder, call.at())
                : Theft.isLearned(byRole, byAll, call.at());
    }

    private void hold(ApiCall call, int count, NumberedHolder holder, long origin, long until, KeyContext context) {
        Actor actor = new Actor(holder.holder().name(), Actor.Peers.ROLES, false);
        held.add(new Held.Some(call, count), actor, Values.of(call, origin, Values.agent(call)), until, context);
    }

    /** Judges the calls that wait for {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        List<Held.Some> calls = held.take(at, context);
        if (calls.isEmpty()) {
            return;
        }
        DetectorContext asked = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        for (Held.Some some : calls) {
            Stolen stolen = judge(some, at, context, asked);
            if (stolen != null) {
                for (CredentialDetector detector : detectors) {
                    detector.observe(stolen, asked, signals);
                }
            }
        }
    }

    private @Nullable Stolen judge(Held.Some some, long at, KeyContext context, DetectorContext asked) {
        ApiCall call = some.first();
        NumberedHolder holder = NumberedHolder.of(call.identity());
        Place place = places.of(call, asked);
        if (holder == null || place == null) {
            return null;
        }
        UseState state = new UseState(KINDS, context);
        Theft.Known known = new Theft.Known(
                call.at(),
                holder.number(),
                state.uses(holder.number()),
                state.byRole(call.identity().actor(), place.origin()),
                state.byAll(place.origin()));
        boolean last = at - call.at() > Theft.WAIT_SECONDS;
        Verdict verdict = verdict(call, place, known, state, at, last);
        if (verdict == Verdict.OPEN) {
            hold(call, some.count(), holder, place.origin(), held.end(call.at()) - 1 + Theft.WAIT_SECONDS, context);
            return null;
        }
        if (verdict == Verdict.EXPLAINED) {
            return null;
        }
        Theft.dispute(known.byAll(), call.at());
        state.putByAll(place.origin(), known.byAll());
        return stolen(call, holder.holder(), place, known, state, at);
    }

    private Verdict verdict(ApiCall call, Place place, Theft.Known known, UseState state, long at, boolean last) {
        if (place.kind() == Place.Kind.AWS) {
            Integer days = services.learnDays();
            return Theft.inAws(
                    known,
                    place.origin(),
                    created(call, known.uses(), place.origin()),
                    state.since(),
                    days == null ? Theft.LEARN_DAYS : days,
                    at,
                    last);
        }
        int soles = known.byAll().users(at, one -> state.uses(one).others(place.origin(), at) == 0);
        boolean learned = known.byAll().isEgress(at);
        Verdict verdict = Theft.elsewhere(known, place.origin(), soles, at, last);
        if (!learned && known.byAll().isEgress(at)) {
            state.putByAll(place.origin(), known.byAll());
        }
        return verdict;
    }

    /** When the credentials were made; where the record does not say, when they were first used there. */
    private static long created(ApiCall call, Uses uses, long origin) {
        long created = call.identity().sessionCreated();
        return created > 0 ? created : uses.first(origin);
    }

    private Stolen stolen(ApiCall call, Holder holder, Place place, Theft.Known known, UseState state, long at) {
        String account = place.kind() == Place.Kind.ENDPOINT
                ? place.owner()
                : place.kind() == Place.Kind.AWS ? known.byAll().foreignBefore(call.at()) : null;
        return new Stolen(
                call,
                holder,
                place,
                account,
                account != null && services.affiliated().contains(account),
                holder.proof() != Holder.Proof.NAME
                        || state.isDelivered(call.identity().actor(), at),
                known.uses().others(place.origin(), at));
    }
}
