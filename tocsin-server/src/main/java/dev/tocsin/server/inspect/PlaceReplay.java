package dev.tocsin.server.inspect;

import dev.tocsin.core.credential.Holder;
import dev.tocsin.core.credential.Person;
import dev.tocsin.core.credential.Place;
import dev.tocsin.core.credential.Theft;
import dev.tocsin.core.credential.Where;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.engine.CallerPlaces;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.identity.SignIns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through calls and says how far they come towards a type that judges from where somebody calls. */
final class PlaceReplay {

    private static final long DAY = 86_400;

    private final FindingType type;
    private final Context context;
    private final long from;
    private final long to;
    private final CallerPlaces places = new CallerPlaces();
    private final Map<Long, Set<Long>> days = new HashMap<>();
    private long asked;
    private long issued;
    private long notByService;
    private long placed;
    private long ofItsKind;
    private long unusual;

    /** For {@code type}; only calls from {@code from} to {@code to}, epoch seconds, are counted, all teach. */
    PlaceReplay(FindingType type, Context context, long from, long to) {
        this.type = type;
        this.context = context;
        this.from = from;
        this.to = to;
    }

    /** Whether {@code type} is such a type. */
    static boolean judges(FindingType type) {
        return isTheft(type)
                || type.name().endsWith("/ConsoleLoginSuccess.B")
                || type.name().endsWith("/FederatedLoginSuccess");
    }

    private static boolean isTheft(FindingType type) {
        return type.name().contains("CredentialExfiltration");
    }

    /** Takes a call of the identity. */
    void add(ApiCall call) {
        boolean counts = call.at() >= from && call.at() <= to;
        asked += counts ? 1 : 0;
        if (isTheft(type)) {
            credentials(call, counts);
        } else {
            signIn(call, counts);
        }
    }

    private void credentials(ApiCall call, boolean counts) {
        Holder holder = Holder.of(call.identity());
        if (holder == null
                || (holder.kind() == Holder.Kind.INSTANCE) != type.name().contains("/Instance")) {
            return;
        }
        issued += counts ? 1 : 0;
        if (call.byService()) {
            return;
        }
        notByService += counts ? 1 : 0;
        Place place = places.of(call, context);
        if (place == null) {
            return;
        }
        placed += counts ? 1 : 0;
        boolean outside = place.kind() == Place.Kind.OUTSIDE;
        if (outside == type.name().endsWith("OutsideAWS")) {
            ofItsKind += counts ? 1 : 0;
            unusual += counts && daysBefore(place.origin(), call.at()) < Theft.LEARNED_DAYS ? 1 : 0;
        }
        learn(place.origin(), call.at());
    }

    private void signIn(ApiCall call, boolean counts) {
        Person person = SignIns.isFailed(call) ? null : Person.of(call);
        if (person == null || person.user() != type.name().endsWith(".B")) {
            return;
        }
        issued += counts && person.signIn() ? 1 : 0;
        Address address = call.caller() == null ? null : call.caller().address();
        long where = address == null || context.isOwn(address) ? 0 : Where.of(context.geography(address));
        if (where == 0) {
            return;
        }
        placed += counts && person.signIn() ? 1 : 0;
        boolean fresh = daysBefore(Where.habit(where), call.at()) == 0;
        unusual += counts && person.signIn() && fresh ? 1 : 0;
        learn(Where.habit(where), call.at());
    }

    private void learn(long origin, long at) {
        days.computeIfAbsent(origin, ignored -> new HashSet<>()).add(Math.floorDiv(at, DAY));
    }

    private long daysBefore(long origin, long at) {
        long today = Math.floorDiv(at, DAY);
        return days.getOrDefault(origin, Set.of()).stream()
                .filter(day -> day < today && day >= today - 31)
                .count();
    }

    /** The conditions in order. */
    List<Condition> conditions() {
        List<Condition> all = new ArrayList<>();
        if (isTheft(type)) {
            boolean outside = type.name().endsWith("OutsideAWS");
            all.add(condition(
                    issued, asked, "their credentials are an instance's, task's or function's, as the type wants"));
            all.add(condition(notByService, issued, "no AWS service made the call"));
            all.add(condition(
                    placed,
                    notByService,
                    "they come from a public address of which network or AWS's ranges tell something, or from another"
                            + " account's endpoint, and not from --own-network"));
            all.add(condition(ofItsKind, placed, outside ? "the address is none of AWS's" : "the address is AWS's"));
            all.add(condition(
                    unusual, ofItsKind, "the role did not call from there on " + Theft.LEARNED_DAYS + " days before"));
        } else {
            all.add(condition(
                    issued, asked, "they are sign-ins that succeeded, of the kind of people the type tells of"));
            all.add(condition(
                    placed, issued, "country and network of the address are known, and it is not --own-network"));
            all.add(condition(unusual, placed, "both are new to the person on that day"));
        }
        return all;
    }

    private static Condition condition(long met, long of, String text) {
        return new Condition(met > 0, text, met + " of " + of + " records");
    }
}
