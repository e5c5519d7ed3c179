package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one identity usually does, the session it is in, and values that are no habit of anybody for now. */
public final class Profile {

    /** How long a value of a session that led to a finding teaches nothing, in days (anomaly research 3.2, rule a). */
    static final int DISPUTED_DAYS = 30;

    private static final int MOST_DISPUTED = 64;

    private ValueTable table = new ValueTable();
    private @Nullable Session session;
    private final List<Disputed> disputed = new ArrayList<>();

    private record Disputed(Session.Fresh value, long until) {}

    /** Whether each of {@code values} was used on {@code days} days and more before the day before {@code day}. */
    public boolean isHabit(Values values, long day, int days) {
        for (Feature feature : Feature.values()) {
            if (table.daysBefore(feature, values.of(feature), day - 1) < days) {
                return false;
            }
        }
        return true;
    }

    /** Marks {@code values} as used on {@code day}; whether that was news. */
    public boolean marks(Values values, long day) {
        boolean news = false;
        for (Feature feature : Feature.values()) {
            if (!table.isMarked(feature, values.of(feature), day)) {
                learn(feature, values.of(feature), day);
                news = true;
            }
        }
        return news;
    }

    ValueTable table() {
        return table;
    }

    /** The session that a call at {@code at} is of. */
    Session session(long at) {
        Session now = session;
        if (now == null || !now.reaches(at)) {
            now = new Session();
            session = now;
        }
        return now;
    }

    /** Marks the value as used on {@code day}, unless it is disputed. */
    void learn(Feature feature, long value, long day) {
        if (!isDisputed(feature, value, day)) {
            table.mark(feature, value, day);
        }
    }

    /** Whether the value came in a session that led to a finding, a while ago. */
    boolean isDisputed(Feature feature, long value, long day) {
        if (disputed.isEmpty()) {
            return false;
        }
        Session.Fresh wanted = new Session.Fresh(feature, value);
        for (Disputed one : disputed) {
            if (one.until() > day && one.value().equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The day since which one of {@code values} is disputed, or {@code day} if none is. */
    long disputedSince(Values values, long day) {
        long since = day;
        for (Disputed one : disputed) {
            if (one.until() > day
                    && values.of(one.value().feature()) == one.value().value()) {
                since = Math.min(since, one.until() - DISPUTED_DAYS);
            }
        }
        return since;
    }

    /** Takes back what the session taught. */
    void dispute(Session suspect, long day) {
        disputed.removeIf(one -> one.until() <= day);
        for (Session.Fresh value : suspect.fresh()) {
            table.forget(value.feature(), value.value());
            if (disputed.size() < MOST_DISPUTED && !isDisputed(value.feature(), value.value(), day)) {
                disputed.add(new Disputed(value, day + DISPUTED_DAYS));
            }
        }
    }

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        table.write(out);
        if (session == null) {
            out.writeNull();
        } else {
            session.write(out);
        }
        for (Disputed one : disputed) {
            out.writeNumber(one.value().feature().number());
            out.writeNumber(one.value().value());
            out.writeNumber(one.until());
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static Profile read(JsonParser in) throws IOException {
        Profile profile = new Profile();
        in.nextToken();
        in.nextToken();
        profile.table = ValueTable.read(in);
        if (in.nextToken() == JsonToken.START_ARRAY) {
            profile.session = Session.read(in);
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Feature feature = Feature.of(in.getIntValue());
            Session.Fresh value = new Session.Fresh(feature, in.nextLongValue(0));
            profile.disputed.add(new Disputed(value, in.nextLongValue(0)));
        }
        return profile;
    }
}
