package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The unusual calls of one identity that follow each other within an hour: what they show by tactic, and where they came
 * from (anomaly research 3.4).
 */
final class Session {

    /** Longest pause within a session, in seconds. */
    static final long GAP_SECONDS = 3_600;

    /** APIs listed in a finding (GuardDuty lists up to 20). */
    static final int MOST_APIS = 20;

    /** Values that are new in this session and remembered as such. */
    static final int MOST_FRESH = 64;

    private long last;
    private int alarmed;
    private Surroundings from = new Surroundings();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Api> apis = new ArrayList<>();
    private final List<Fresh> fresh = new ArrayList<>();

    /** An unusual API of the session. */
    record Api(String service, String action, String outcome) {}

    /** A value that the identity had never used before. */
    record Fresh(Feature feature, long value) {}

    /** Whether a call at {@code at} is still of it. */
    boolean reaches(long at) {
        return at - last <= GAP_SECONDS;
    }

    /** Adds a call at {@code at}. */
    void add(long at, Api api) {
        last = Math.max(last, at);
        if (apis.size() < MOST_APIS && !apis.contains(api)) {
            apis.add(api);
        }
    }

    /** Where its calls came from. */
    Surroundings from() {
        return from;
    }

    /** What its calls of {@code tactic} show. */
    Evidence of(Tactic tactic) {
        for (Evidence one : evidence) {
            if (one.tactic() == tactic) {
                return one;
            }
        }
        Evidence first = new Evidence(tactic);
        evidence.add(first);
        return first;
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
        out.writeNumber(last);
        out.writeNumber(alarmed);
        from.write(out);
        out.writeNumber(evidence.size());
        for (Evidence one : evidence) {
            one.write(out);
        }
        out.writeNumber(apis.size());
        for (Api api : apis) {
            out.writeString(api.service());
            out.writeString(api.action());
            out.writeString(api.outcome());
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
        session.alarmed = in.nextIntValue(0);
        session.from = Surroundings.read(in);
        int tactics = in.nextIntValue(0);
        for (int i = 0; i < tactics; i++) {
            in.nextToken();
            session.evidence.add(Evidence.read(in));
        }
        int apis = in.nextIntValue(0);
        for (int i = 0; i < apis; i++) {
            session.apis.add(new Api(
                    String.valueOf(in.nextTextValue()),
                    String.valueOf(in.nextTextValue()),
                    String.valueOf(in.nextTextValue())));
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            int feature = in.getIntValue();
            session.fresh.add(new Fresh(Feature.of(feature), in.nextLongValue(0)));
        }
        return session;
    }
}
