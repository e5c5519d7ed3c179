package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one tactic show in one session, and the two scores made of it: {@link #context} with where the calls
 * came from, and {@link #calls} without. Both are sums of parts in bits, weighed by a logistic regression over simulated
 * accounts of tuning seeds and then rounded (docs/identity.md); no part speaks for innocence but that people travel.
 */
final class Evidence {

    /** APIs told apart as new; more are no more evidence. */
    private static final int MOST_NOVEL = 64;

    private static final int MOST_SERVICES = 16;

    /** Bits of what is made in a Region that nobody of the account used: with the Region's own, a threshold (ours). */
    static final double MADE_ABROAD_BITS = 5.8;

    /** Bits of secrets read from where the identity never was: habit enough to read them is what a thief has (ours). */
    static final double SECRETS_ELSEWHERE_BITS = 3;

    private static final double MILLI = 1_000;

    private final Tactic tactic;
    private final List<Part> parts = new ArrayList<>();
    private final List<Long> novel = new ArrayList<>();
    private int most;
    private int wellKnown;
    private boolean newToAccount;
    private boolean creates;

    Evidence(Tactic tactic) {
        this.tactic = tactic;
    }

    /** The evidence of one service's calls. */
    private static final class Part {
        private final String service;
        private int most;
        private int calls;

        Part(String service) {
            this.service = service;
        }

        /** In bits (anomaly research 3.4). */
        double bits() {
            return most / MILLI + Surprise.log2(Math.max(calls, 1)) / 2;
        }
    }

    /**
     * Calls of one API.
     *
     * @param api as {@link Values} numbers it
     * @param service that was asked
     * @param calls how many
     * @param milliBits how unlikely they are for the identity, in thousandths of a bit; 0 for habit
     * @param standing how well the call is known as an attacker's
     * @param common whether everybody makes it: it is no evidence by itself
     * @param creates whether it makes what costs or computes
     * @param novelty to whom it is new
     */
    record Sign(
            long api,
            String service,
            int calls,
            int milliBits,
            ApiTactics.Standing standing,
            boolean common,
            boolean creates,
            Novelty novelty) {}

    /** To whom an API is new. */
    enum Novelty {
        /** To nobody: the identity used it before. */
        NONE,
        /** To the identity. */
        IDENTITY,
        /** To the whole account. */
        ACCOUNT
    }

    Tactic tactic() {
        return tactic;
    }

    /** Adds calls. */
    void add(Sign sign) {
        if (sign.milliBits() > 0) {
            Part part = part(sign.service());
            if (part != null) {
                part.most = Math.max(part.most, sign.milliBits());
                part.calls += sign.calls();
            }
        }
        if (sign.common()) {
            return;
        }
        most = Math.max(most, sign.milliBits());
        creates |= sign.creates();
        if (sign.novelty() == Novelty.NONE || novel.size() >= MOST_NOVEL || novel.contains(sign.api())) {
            return;
        }
        novel.add(sign.api());
        wellKnown += sign.standing() == ApiTactics.Standing.WELL_KNOWN ? 1 : 0;
        newToAccount |= sign.novelty() == Novelty.ACCOUNT && sign.standing() != ApiTactics.Standing.BY_RULE;
    }

    private @Nullable Part part(String service) {
        for (Part one : parts) {
            if (one.service.equals(service)) {
                return one;
            }
        }
        if (parts.size() >= MOST_SERVICES) {
            return null;
        }
        Part part = new Part(service);
        parts.add(part);
        return part;
    }

    /** How unlikely the calls are, in bits: the largest service's whole, the next by half, by a third ... */
    double surprise() {
        double sum = 0;
        int place = 1;
        List<Part> ordered = parts.stream()
                .sorted(Comparator.comparingDouble((Part part) -> -part.bits()).thenComparing(part -> part.service))
                .toList();
        for (Part part : ordered) {
            sum += part.bits() / place;
            place++;
        }
        return sum;
    }

    /** The score of the calls by themselves, in bits. */
    double calls(Actor.Peers peers) {
        double account = newToAccount ? 1 : 0;
        return surprise() + Surprise.log2(1.0 + wellKnown) + account + (peers == Actor.Peers.ROLES ? account : 0);
    }

    /** The score of the calls with where they came from, in bits. */
    double context(Actor.Peers peers, Surroundings from) {
        return parts(peers, from).stream().mapToDouble(Judged.Part::bits).sum();
    }

    /** What {@link #context} is made of. */
    List<Judged.Part> parts(Actor.Peers peers, Surroundings from) {
        boolean machine = peers == Actor.Peers.ROLES;
        List<Judged.Part> all = new ArrayList<>();
        all.add(new Judged.Part("calls", 0.4 * most / MILLI));
        all.add(new Judged.Part(
                "known of attackers", 1.5 * Surprise.log2(1.0 + wellKnown) + (wellKnown > 0 ? 1.1 : 0)));
        all.add(new Judged.Part("new to the account", newToAccount ? (machine ? 3.4 : 1.7) : 0));
        all.addAll(from.parts(machine));
        all.add(new Judged.Part("new API from new network", from.isNewNetwork() && !novel.isEmpty() ? 2.4 : 0));
        if (tactic == Tactic.CREDENTIAL_ACCESS && from.isNewNetwork()) {
            all.add(new Judged.Part("secrets from new network", SECRETS_ELSEWHERE_BITS));
        }
        if (creates && from.isForeignRegion()) {
            all.add(new Judged.Part("made where nobody was", MADE_ABROAD_BITS));
        }
        if (peers == Actor.Peers.PEOPLE) {
            all.add(new Judged.Part("people travel", -1.1));
        }
        if (tactic == Tactic.DISCOVERY) {
            all.add(new Judged.Part("looking around", 1.9 - 1.2 * Surprise.log2(1.0 + novel.size())));
        }
        return all;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(tactic.risk());
        out.writeNumber(most);
        out.writeNumber(wellKnown);
        out.writeNumber((newToAccount ? 1 : 0) + (creates ? 4 : 0));
        out.writeNumber(parts.size());
        for (Part part : parts) {
            out.writeString(part.service);
            out.writeNumber(part.most);
            out.writeNumber(part.calls);
        }
        for (long api : novel) {
            out.writeNumber(api);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static Evidence read(JsonParser in) throws IOException {
        Evidence evidence = new Evidence(Tactic.of(in.nextIntValue(0)));
        evidence.most = in.nextIntValue(0);
        evidence.wellKnown = in.nextIntValue(0);
        int flags = in.nextIntValue(0);
        evidence.newToAccount = (flags & 1) != 0;
        evidence.creates = (flags & 4) != 0;
        int parts = in.nextIntValue(0);
        for (int i = 0; i < parts; i++) {
            Part part = new Part(String.valueOf(in.nextTextValue()));
            part.most = in.nextIntValue(0);
            part.calls = in.nextIntValue(0);
            evidence.parts.add(part);
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            evidence.novel.add(in.getLongValue());
        }
        return evidence;
    }
}
