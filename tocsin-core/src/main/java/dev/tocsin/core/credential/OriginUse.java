package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How a place is used by credentials that were issued to resources of the account: on which of the last 32 days, by which
 * holders first, and by which other account. What comes in another order leaves the same behind.
 */
public final class OriginUse implements Bounded.Entry {

    /** Holders remembered of a place: those that used it first. Ours: more than any rule counts. */
    static final int HOLDERS = 8;

    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;
    private static final Comparator<User> ORDER =
            Comparator.comparingLong(User::first).thenComparingLong(User::holder);

    private record User(long holder, long first) {}

    private final List<User> users = new ArrayList<>(1);
    private long first = Long.MAX_VALUE;
    private long lastHour = Long.MIN_VALUE;
    private int days;
    private long egressSince = Long.MAX_VALUE;
    private long disputedUntil = Long.MIN_VALUE;
    private @Nullable String foreign;
    private long foreignFirst = Long.MAX_VALUE;
    private long where;

    @Override
    public long last() {
        return lastHour;
    }

    /** Notes a use at {@code at}, epoch seconds. */
    public void note(long at) {
        long hour = Math.floorDiv(at, HOUR);
        long last = Math.floorDiv(lastHour, 24);
        long later = Math.floorDiv(hour, 24) - last;
        if (days == 0 || later >= Integer.SIZE) {
            days = 1;
        } else if (later > 0) {
            days = days << later | 1;
        } else if (-later < Integer.SIZE) {
            days |= 1 << -later;
        }
        lastHour = Math.max(lastHour, hour);
        first = Math.min(first, at);
    }

    /** Whether a use by {@code holder} at {@code at} would say nothing new. */
    public boolean knows(long holder, long at) {
        return isMarked(at)
                && ((users.size() == HOLDERS && users.getLast().first() < at)
                        || users.stream().anyMatch(user -> user.holder() == holder && user.first() <= at));
    }

    /** Whether a use on the day of {@code at} is known, and an earlier one. */
    public boolean isMarked(long at) {
        long back = Math.floorDiv(lastHour, 24) - Math.floorDiv(at, DAY);
        return first <= at && back >= 0 && back < Integer.SIZE && ((days >>> back) & 1) == 1;
    }

    /** Notes a use by {@code holder} at {@code at}, epoch seconds. */
    public void note(long holder, long at) {
        note(at);
        User user = new User(holder, at);
        for (int i = 0; i < users.size(); i++) {
            if (users.get(i).holder() == holder) {
                if (users.get(i).first() > at) {
                    users.set(i, user);
                    users.sort(ORDER);
                }
                return;
            }
        }
        users.add(user);
        users.sort(ORDER);
        if (users.size() > HOLDERS) {
            users.removeLast();
        }
    }

    /** Notes a use by the principal of another account, {@code account}, at {@code at}, epoch seconds. */
    public void noteForeign(String account, long at) {
        lastHour = Math.max(lastHour, Math.floorDiv(at, HOUR));
        if (at < foreignFirst || (at == foreignFirst && foreign != null && account.compareTo(foreign) < 0)) {
            foreign = account;
            foreignFirst = at;
        }
    }

    /** Says where it is, as {@link Where} has it. */
    public void where(long place) {
        where = place;
    }

    /** Where it is, or 0 if nobody said. */
    public long where() {
        return where;
    }

    /** The other account whose principals used it first, if before {@code at}; else null. */
    public @Nullable String foreignBefore(long at) {
        return foreignFirst < at ? foreign : null;
    }

    /** When it was first used, epoch seconds; {@link Long#MAX_VALUE} if never. */
    public long first() {
        return first;
    }

    /** On how many of the 31 days before that of {@code at} it was used. */
    public int daysBefore(long at) {
        if (days == 0) {
            return 0;
        }
        long back = Math.floorDiv(lastHour, 24) - Math.floorDiv(at, DAY) + 1;
        if (back > 0) {
            return back >= Integer.SIZE ? 0 : Integer.bitCount(days >>> back);
        }
        return -back >= Integer.SIZE ? 0 : Integer.bitCount(days << -back);
    }

    /** Whether another than {@code holder} used it before the day of {@code at}. */
    public boolean isOthersBefore(long holder, long at) {
        long today = Math.floorDiv(at, DAY) * DAY;
        return users.stream().anyMatch(user -> user.holder() != holder && user.first() < today);
    }

    /** How many of those that used it before {@code until}, epoch seconds, are such as {@code which}; at most {@link #HOLDERS}. */
    public int users(long until, LongPredicate which) {
        return (int) users.stream()
                .filter(user -> user.first() < until && which.test(user.holder()))
                .count();
    }

    /** Whether it was found to be the way out of a network of the account before {@code at}. */
    public boolean isEgress(long at) {
        return egressSince <= at;
    }

    /** From {@code at} on it is the way out of a network of the account. */
    public void egress(long at) {
        egressSince = Math.min(egressSince, at);
    }

    /** Whether use of it led to a finding, a while before {@code at}: then it explains nothing. */
    public boolean isDisputed(long at) {
        return at < disputedUntil;
    }

    /** Use of it led to a finding: it explains nothing until {@code until}. */
    public void dispute(long until) {
        disputedUntil = Math.max(disputedUntil, until);
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(first);
        out.writeNumber(lastHour);
        out.writeNumber(days);
        out.writeNumber(egressSince);
        out.writeNumber(disputedUntil);
        out.writeNumber(foreignFirst);
        out.writeString(foreign == null ? "" : foreign);
        out.writeNumber(where);
        for (User user : users) {
            out.writeNumber(user.holder());
            out.writeNumber(user.first());
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands before it. */
    public static OriginUse read(JsonParser in) throws IOException {
        OriginUse use = new OriginUse();
        in.nextToken();
        use.first = in.nextLongValue(0);
        use.lastHour = in.nextLongValue(0);
        use.days = in.nextIntValue(0);
        use.egressSince = in.nextLongValue(0);
        use.disputedUntil = in.nextLongValue(0);
        use.foreignFirst = in.nextLongValue(0);
        String foreign = in.nextTextValue();
        use.foreign = foreign == null || foreign.isEmpty() ? null : foreign;
        use.where = in.nextLongValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long holder = in.getLongValue();
            use.users.add(new User(holder, in.nextLongValue(0)));
        }
        return use;
    }
}
