package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one identity usually does, the session it is in, and values that are no habit of anybody for now. */
public final class Profile {

    /** How long a value of a session that led to a finding teaches nothing, in days (anomaly research 3.2, rule a). */
    static final int DISPUTED_DAYS = 30;

    private static final int MOST_DISPUTED = 64;

    /** APIs of a day that are evidence and told apart; beyond that every call is judged. */
    private static final int MOST_UNUSUAL = 64;

    private ValueTable table = new ValueTable();
    private @Nullable Session session;
    private final List<Disputed> disputed = new ArrayList<>();
    private final List<Long> unusualApis = new ArrayList<>();
    private long unusualDay = Long.MIN_VALUE;
    private Slowly slowly = new Slowly();

    /** A value that teaches nothing before the epoch day {@code until}. */
    record Disputed(Session.Fresh value, long until) {}

    /** Whether each of {@code values} was used on {@code days} days and more before the day before {@code day}. */
    public boolean isHabit(Values values, long day, int days) {
        for (Feature feature : values.features()) {
            if (table.daysBefore(feature, values.of(feature), day - 1) < days) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the day has taught and told all there is to a call of {@code values}: all are marked on {@code day}, and the
     * API was no evidence, which it then is not for the rest of the day.
     */
    public boolean isSettled(Values values, long day) {
        boolean marked = table.isMarked(Feature.API, values.api(), day)
                && table.isMarked(Feature.NETWORK, values.network(), day)
                && table.isMarked(Feature.AGENT, values.agent(), day)
                && table.isMarked(Feature.REGION, values.place(), day);
        if (!marked) {
            return false;
        }
        return unusualDay != day || (unusualApis.size() < MOST_UNUSUAL && !unusualApis.contains(values.api()));
    }

    /** Notes that the API is evidence on {@code day}. */
    void unusual(long api, long day) {
        if (unusualDay != day) {
            unusualApis.clear();
            unusualDay = day;
        }
        if (unusualApis.size() < MOST_UNUSUAL && !unusualApis.contains(api)) {
            unusualApis.add(api);
        }
    }

    /** Marks {@code values} as used on {@code day}; whether that was news. */
    public boolean marks(Values values, long day) {
        boolean news = false;
        for (Feature feature : values.features()) {
            if (!table.isMarked(feature, values.of(feature), day)) {
                learn(feature, values.of(feature), day);
                news = true;
            }
        }
        return news;
    }

    /** The epoch day of the newest event. */
    public long day() {
        return table.day();
    }

    /** On how many days before {@code day} there was an event. */
    int activeBefore(long day) {
        return table.activeBefore(day);
    }

    /** Whether the value was used before {@code day}. */
    boolean usedBefore(Feature feature, long value, long day) {
        return table.daysBefore(feature, value, day) > 0;
    }

    ValueTable table() {
        return table;
    }

    /** What stayed below the thresholds of late. */
    Slowly slowly() {
        return slowly;
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
    public boolean isDisputed(Feature feature, long value, long day) {
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
            Feature feature = one.value().feature();
            if (one.until() > day
                    && values.features().contains(feature)
                    && values.of(feature) == one.value().value()) {
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

    /** The values that came in sessions that led to findings; some may be over. */
    List<Disputed> disputes() {
        return disputed;
    }

    /** Makes disputed values habit, those whose {@link AccountDays#name} is among {@code names}. */
    public void accept(Set<String> names) {
        List<Disputed> accepted = disputed.stream()
                .filter(one -> names.contains(
                        AccountDays.name(one.value().feature(), one.value().value())))
                .toList();
        disputed.removeAll(accepted);
        accepted.forEach(one -> table.accept(one.value().feature(), one.value().value()));
    }

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        table.write(out);
        out.writeStartArray();
        out.writeNumber(unusualDay);
        for (long api : unusualApis) {
            out.writeNumber(api);
        }
        out.writeEndArray();
        if (session == null) {
            out.writeNull();
        } else {
            session.write(out);
        }
        slowly.write(out);
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
        in.nextToken();
        profile.unusualDay = in.nextLongValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            profile.unusualApis.add(in.getLongValue());
        }
        if (in.nextToken() == JsonToken.START_ARRAY) {
            profile.session = Session.read(in);
        }
        profile.slowly = Slowly.read(in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Feature feature = Feature.of(in.getIntValue());
            Session.Fresh value = new Session.Fresh(feature, in.nextLongValue(0));
            profile.disputed.add(new Disputed(value, in.nextLongValue(0)));
        }
        return profile;
    }
}
