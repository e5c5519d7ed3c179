package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the identities of an account use together, and on which days it was active. */
public final class Account {

    private final List<Feature> features;
    private final Map<Feature, Commons> commons = new EnumMap<>(Feature.class);
    private Made made = new Made();
    private long last;
    private int days;

    /** An account of which nothing is known; it is to know values of {@code features}. */
    public Account(List<Feature> features) {
        this.features = features;
        for (Feature feature : features) {
            commons.put(feature, new Commons());
        }
    }

    Commons commons(Feature feature) {
        return commons.getOrDefault(feature, new Commons());
    }

    /** What its identities made. */
    Made made() {
        return made;
    }

    /**
     * Takes back which Regions {@code suspect}, a session that led to a finding, taught (anomaly research 3.2, rule a): the
     * next intruder's is as new. Networks stay known, or all who move to a new one are told of.
     */
    void forgetRegions(Session suspect, ValueTable table, Actor.Peers peers) {
        for (Session.Fresh one : suspect.fresh()) {
            if (one.feature() == Feature.REGION && table.knows(one.feature(), one.value())) {
                commons(Feature.REGION).remove(one.value(), peers);
            }
        }
    }

    /** Notes an event on {@code day}. */
    public void seen(long day) {
        long later = day - last;
        if (days == 0 || later >= Integer.SIZE) {
            days = 1;
            last = day;
        } else if (later > 0) {
            days = days << later | 1;
            last = day;
        } else if (-later < Integer.SIZE) {
            days |= 1 << -later;
        }
    }

    /** On how many of the 31 days before {@code day} there were calls: what habits rest on. */
    int activeBefore(long day) {
        long back = last - day + 1;
        if (back > 0) {
            return back >= Integer.SIZE ? 0 : Integer.bitCount(days >>> back);
        }
        return -back >= Integer.SIZE ? 0 : Integer.bitCount(days << -back);
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(last);
        out.writeNumber(days);
        for (Feature feature : features) {
            commons(feature).write(out);
        }
        made.write(out);
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote of {@code features}. */
    public static Account read(List<Feature> features, JsonParser in) throws IOException {
        Account account = new Account(features);
        in.nextToken();
        account.last = in.nextLongValue(0);
        account.days = in.nextIntValue(0);
        for (Feature feature : features) {
            account.commons.put(feature, Commons.read(in));
        }
        account.made = Made.read(in);
        return account;
    }
}
