package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The unusual calls of one identity that follow each other within an hour, and what of their context is unusual (anomaly
 * research 3.4). Kept in thousandths of a bit.
 */
final class Session {

    /** Longest pause within a session, in seconds. */
    static final long GAP_SECONDS = 3_600;

    /** APIs listed in a finding (GuardDuty lists up to 20). */
    static final int MOST_APIS = 20;

    /** Values that are new in this session and remembered as such. */
    static final int MOST_FRESH = 64;

    private static final int MOST_PARTS = 64;
    private static final double MILLI = 1_000;

    private long last;
    private int network = Integer.MIN_VALUE;
    private int agent = Integer.MIN_VALUE;
    private int region = Integer.MIN_VALUE;
    private int denied;
    private int alarmed;
    private final List<Part> parts = new ArrayList<>();
    private final List<Api> apis = new ArrayList<>();
    private final List<Fresh> fresh = new ArrayList<>();

    /** The evidence of one service's calls of one tactic. */
    private static final class Part {
        private final int risk;
        private final String service;
        private int most;
        private int calls;

        Part(int risk, String service) {
            this.risk = risk;
            this.service = service;
        }

        /** In bits. */
        double bits() {
            return most / MILLI + Surprise.log2(Math.max(calls, 1)) / 2;
        }
    }

    /** An unusual API of the session. */
    record Api(String service, String action, String outcome, int risk, int milliBits) {}

    /** A value that the identity had never used before. */
    record Fresh(Feature feature, long value) {}

    /** Whether a call at {@code at} is still of it. */
    boolean reaches(long at) {
        return at - last <= GAP_SECONDS;
    }

    /** Adds {@code calls} unusual calls at {@code at}. */
    void add(long at, Tactic tactic, Api api, int calls) {
        last = Math.max(last, at);
        Part part = null;
        for (Part one : parts) {
            if (one.risk == tactic.risk() && one.service.equals(api.service())) {
                part = one;
            }
        }
        if (part == null && parts.size() < MOST_PARTS) {
            part = new Part(tactic.risk(), api.service());
            parts.add(part);
        }
        if (part != null) {
            part.most = Math.max(part.most, api.milliBits());
            part.calls += calls;
        }
        boolean listed = apis.stream()
                .anyMatch(one -> one.action().equals(api.action())
                        && one.service().equals(api.service())
                        && one.outcome().equals(api.outcome()));
        if (!listed && apis.size() < MOST_APIS) {
            apis.add(api);
        }
    }

    /** Adds what is unusual about where a call came from, in bits; the most of each counts. */
    void context(double networkBits, double agentBits, double regionBits) {
        network = Math.max(network, (int) Math.round(networkBits * MILLI));
        agent = Math.max(agent, (int) Math.round(agentBits * MILLI));
        region = Math.max(region, (int) Math.round(regionBits * MILLI));
    }

    /** One more API was refused for want of rights. */
    void denied() {
        denied++;
    }

    /** Remembers a value that is new to the identity. */
    void fresh(Feature feature, long value) {
        Fresh one = new Fresh(feature, value);
        if (fresh.size() < MOST_FRESH && !fresh.contains(one)) {
            fresh.add(one);
        }
    }

    List<Fresh> fresh() {
        return fresh;
    }

    List<Api> apis() {
        return apis;
    }

    /** The call evidence of {@code tactic} in bits: services' evidence, the largest whole, the next by half, by a third ... */
    double callBits(Tactic tactic) {
        double sum = 0;
        int place = 1;
        List<Part> ordered = parts.stream()
                .filter(part -> part.risk == tactic.risk())
                .sorted(Comparator.comparingDouble((Part part) -> -part.bits()).thenComparing(part -> part.service))
                .toList();
        for (Part part : ordered) {
            sum += part.bits() / place;
            place++;
        }
        return sum;
    }

    /** What {@link #contextBits} and the calls of {@code tactic} are made of. */
    List<Judged.Part> parts(Tactic tactic) {
        List<Judged.Part> all = new ArrayList<>();
        all.add(new Judged.Part("calls", callBits(tactic)));
        if (network != Integer.MIN_VALUE) {
            all.add(new Judged.Part("network", network / MILLI));
            all.add(new Judged.Part("tool", agent / MILLI));
            all.add(new Judged.Part("region", region / MILLI));
            all.add(new Judged.Part("denied", Math.min(2, Surprise.log2(1.0 + denied))));
        }
        return all;
    }

    /** What is unusual about network, tool and Region, and denied calls, in bits. */
    double contextBits() {
        if (network == Integer.MIN_VALUE) {
            return 0;
        }
        return 1.25 * (network + agent + region) / MILLI + Math.min(2, Surprise.log2(1.0 + denied));
    }

    /** The evidence of the context channel: an unusual call, weighed by where it came from. */
    double contextChannel(Tactic tactic) {
        double calls = callBits(tactic);
        return Math.min(calls, 1) * Math.max(contextBits(), 0) + Math.min(calls, 6) / 4;
    }

    /** Whether a finding of {@code tactic} or a riskier one was made; notes that one is. */
    boolean alarms(Tactic tactic) {
        boolean worth = tactic.risk() >= alarmed;
        alarmed = Math.max(alarmed, tactic.risk());
        return worth;
    }

    /** Whether it led to a finding. */
    boolean isAlarmed() {
        return alarmed > 0;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (long number : new long[] {last, network, agent, region, denied, alarmed, parts.size(), apis.size()}) {
            out.writeNumber(number);
        }
        for (Part part : parts) {
            out.writeNumber(part.risk);
            out.writeString(part.service);
            out.writeNumber(part.most);
            out.writeNumber(part.calls);
        }
        for (Api api : apis) {
            out.writeString(api.service());
            out.writeString(api.action());
            out.writeString(api.outcome());
            out.writeNumber(api.risk());
            out.writeNumber(api.milliBits());
        }
        for (Fresh one : fresh) {
            out.writeNumber(one.feature().number());
            out.writeNumber(one.value());
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static Session read(JsonParser in) throws IOException {
        Session session = new Session();
        session.last = in.nextLongValue(0);
        session.network = in.nextIntValue(0);
        session.agent = in.nextIntValue(0);
        session.region = in.nextIntValue(0);
        session.denied = in.nextIntValue(0);
        session.alarmed = in.nextIntValue(0);
        int parts = in.nextIntValue(0);
        int apis = in.nextIntValue(0);
        for (int i = 0; i < parts; i++) {
            Part part = new Part(in.nextIntValue(0), String.valueOf(in.nextTextValue()));
            part.most = in.nextIntValue(0);
            part.calls = in.nextIntValue(0);
            session.parts.add(part);
        }
        for (int i = 0; i < apis; i++) {
            session.apis.add(new Api(
                    String.valueOf(in.nextTextValue()),
                    String.valueOf(in.nextTextValue()),
                    String.valueOf(in.nextTextValue()),
                    in.nextIntValue(0),
                    in.nextIntValue(0)));
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            int feature = in.getIntValue();
            session.fresh.add(new Fresh(Feature.of(feature), in.nextLongValue(0)));
        }
        return session;
    }
}
