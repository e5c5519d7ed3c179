package dev.tocsin.core.engine;

import dev.tocsin.core.credential.OriginUse;
import dev.tocsin.core.credential.Person;
import dev.tocsin.core.credential.SignIn;
import dev.tocsin.core.credential.Theft;
import dev.tocsin.core.credential.Uses;
import dev.tocsin.core.credential.Where;
import dev.tocsin.core.detect.SignInDetector;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.SignIns;
import dev.tocsin.core.identity.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the people of an account are: by their sign-ins and by the calls of their sessions. A sign-in from a place that is new to
 * the person is held for two hours and judged by where else the person was by then. An address that people share is a way
 * out, of an office or a VPN: it says nothing of where they are.
 */
final class SignInUse {

    /** Days on which a place must have been used to be where the person is. Ours: as an identity's own history (anomaly research 3.5). */
    static final int HOME_DAYS = 3;

    /** People who share a network and country, or an address, from which on it is everybody's (benign patterns). */
    static final int SHARED = 3;

    private static final long SPAN = 600;
    private static final UseState.Kinds KINDS = UseState.Kinds.named("signIn");

    private final EngineServices services;
    private final List<SignInDetector> detectors;
    private final HeldCalls held = new HeldCalls(SPAN, "signInCalls", "signInShares");

    SignInUse(EngineServices services, List<SignInDetector> detectors) {
        this.services = services;
        this.detectors = detectors;
    }

    /** Takes a call that is no duplicate. */
    void observe(ApiCall call, KeyContext context, DetectorContext asked) {
        if (detectors.isEmpty() || call.category() != ApiCall.Category.MANAGEMENT || SignIns.isFailed(call)) {
            return;
        }
        Person person = Person.of(call);
        long place = person == null || isByService(call) ? 0 : place(call, asked);
        if (person == null || place == 0) {
            return;
        }
        UseState state = new UseState(KINDS, context);
        long number = Hash.of(person.key());
        Uses uses = state.uses(number);
        long address = Hash.of(String.valueOf(call.caller()));
        if (uses.note(address, call.at())) {
            state.note(number, uses, person.key(), Where.habit(place), call.at());
            state.noteWhere(number, address, place, call.at());
        }
        long due = held.end(call.at()) - 1 + Theft.WAIT_SECONDS;
        if (person.signIn() && held.end(due) > context.watermark() && !isUsual(person, place, call.at(), state)) {
            held.add(
                    new Held.Some(call, 1),
                    new Actor(person.key(), Actor.Peers.PEOPLE, false),
                    Values.of(call, place, Values.agent(call)),
                    due,
                    context);
        }
    }

    /** Sign-ins at the portal are events of its service. */
    private static boolean isByService(ApiCall call) {
        return call.byService() && !"AwsServiceEvent".equals(call.eventType());
    }

    private static long place(ApiCall call, DetectorContext asked) {
        Address address = call.caller() == null ? null : call.caller().address();
        return address == null || !address.isPublic() || call.vpcEndpointId() != null || asked.isOwn(address)
                ? 0
                : Where.of(asked.geography(address));
    }

    /** Whether the person used network and country on an earlier day. */
    private static boolean isUsual(Person person, long place, long at, UseState state) {
        OriginUse use = state.byRole(person.key(), Where.habit(place));
        return use.daysBefore(at) > 0 && !use.isDisputed(at);
    }

    /** Judges the sign-ins that wait for {@code at}. */
    void judge(long at, KeyContext context, Output out) {
        List<Held.Some> calls = held.take(at, context);
        if (calls.isEmpty()) {
            return;
        }
        DetectorContext asked = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        UseState state = new UseState(KINDS, context);
        for (Held.Some some : calls) {
            SignIn signIn = judge(some.first(), at, state, asked);
            if (signIn != null) {
                for (SignInDetector detector : detectors) {
                    detector.observe(signIn, asked, signals);
                }
            }
        }
    }

    private @Nullable SignIn judge(ApiCall call, long at, UseState state, DetectorContext asked) {
        Person person = Person.of(call);
        long place = place(call, asked);
        if (person == null || isUsual(person, place, call.at(), state)) {
            return null;
        }
        long habit = Where.habit(place);
        OriginUse byAll = state.byAll(habit);
        if (!byAll.isDisputed(call.at()) && byAll.users(at, one -> true) >= SHARED) {
            return null;
        }
        Integer days = services.learnDays();
        int home = days == null ? HOME_DAYS : Math.min(days, HOME_DAYS);
        Uses uses = state.uses(Hash.of(person.key()));
        Uses.Near other = uses.nearest(call.at(), at, (address, seconds) -> {
            OriginUse there = state.byAll(address);
            return there.users(at, one -> true) < SHARED
                    && Where.isOutOfReach(place, there.where(), seconds)
                    && state.byRole(person.key(), Where.habit(there.where())).daysBefore(call.at()) >= home;
        });
        if (other == null) {
            return null;
        }
        OriginUse byPerson = state.byRole(person.key(), habit);
        byPerson.dispute(call.at() + Theft.DISPUTED_DAYS * 86_400L);
        state.putByRole(person.key(), habit, byPerson);
        long elsewhere = state.byAll(other.origin()).where();
        return new SignIn(call, person, Where.network(elsewhere), other.seconds(), Where.kilometres(place, elsewhere));
    }
}
