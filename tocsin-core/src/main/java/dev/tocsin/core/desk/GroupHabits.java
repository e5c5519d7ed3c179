package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.profile.Days;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the hosts of a group did on days that are over: the values that they used, the most that one sent in an hour, and
 * which hosts there are. Sums of day summaries, the same in whatever order they come.
 */
final class GroupHabits {

    /** Values kept; of more, those used last stay. */
    static final int MOST_VALUES = 400;

    /** Hosts kept; beyond that the group counts as being no larger. */
    static final int MOST_HOSTS = 1_000;

    /** Hosts told apart of a value. */
    static final int MOST_USERS = 3;

    /** Days for which the busiest hour is kept. */
    static final int MOST_DAYS = 28;

    /** Days for which what one host was reported for is nobody's habit. anomaly.md, section 3.2. */
    static final int DISPUTED_DAYS = 30;

    static final StateKind<GroupHabits> KIND = new StateKind<>("group", 1, new StateKind.Codec<>() {
        @Override
        public void write(GroupHabits group, JsonGenerator out) throws IOException {
            group.write(out);
        }

        @Override
        public GroupHabits read(JsonParser in, int version) throws IOException {
            return GroupHabits.read(in);
        }
    });

    private record Value(long last, int days, List<Long> users) {}

    private long since = Long.MAX_VALUE;
    private final TreeMap<Long, Value> values = new TreeMap<>();
    private final TreeMap<Long, Long> disputedUntil = new TreeMap<>();
    private final TreeMap<Long, Long> busiestHours = new TreeMap<>();
    private final TreeMap<String, Long> hosts = new TreeMap<>();

    /** Notes that {@code host} was there on {@code day} and sent at most {@code busiestHour} bytes in an hour. */
    void seen(String host, long day, long busiestHour) {
        since = Math.min(since, day);
        busiestHours.merge(day, busiestHour, Math::max);
        while (busiestHours.size() > MOST_DAYS) {
            busiestHours.pollFirstEntry();
        }
        if (hosts.containsKey(host) || hosts.size() < MOST_HOSTS) {
            hosts.merge(host, day, Math::max);
        }
        long last = hosts.values().stream().mapToLong(Long::longValue).max().orElse(day);
        hosts.values().removeIf(seen -> seen < last - Days.MOST);
        disputedUntil.values().removeIf(until -> until < day);
    }

    /** Notes that {@code host} used {@code value} on {@code day}, unless that is disputed. */
    void used(String host, long value, long day) {
        if (disputedUntil.getOrDefault(value, Long.MIN_VALUE) >= day) {
            return;
        }
        Value known = values.getOrDefault(value, new Value(day, 0, List.of()));
        long last = Math.max(known.last(), day);
        int days = Days.with(Days.shift(known.days(), last - known.last()), last, day);
        values.put(value, new Value(last, days, withUser(known.users(), Hash.of(host))));
        if (values.size() > MOST_VALUES) {
            values.remove(values.entrySet().stream()
                    .min(Comparator.<Map.Entry<Long, Value>>comparingLong(
                                    entry -> entry.getValue().last())
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getKey());
        }
    }

    private static List<Long> withUser(List<Long> users, long user) {
        TreeSet<Long> all = new TreeSet<>(users);
        all.add(user);
        return all.stream().limit(MOST_USERS).toList();
    }

    /** Notes that a host was reported for {@code value} on {@code day}; what began that day is forgotten. */
    void dispute(long value, long day) {
        if (users(value, day) == 0) {
            values.remove(value);
        }
        disputedUntil.merge(value, day + DISPUTED_DAYS, Math::max);
    }

    /** Notes that the group moved to {@code value} as one on {@code day}: from then on it is usual. */
    void moved(String host, long value, long day) {
        disputedUntil.remove(value);
        used(host, value, day);
    }

    /** How many hosts, at most {@link #MOST_USERS}, are known to use {@code value}, if one did before {@code day}. */
    int users(long value, long day) {
        Value known = values.get(value);
        boolean before = known != null && Days.before(known.days(), known.last(), day) > 0;
        return known != null && before ? known.users().size() : 0;
    }

    /** The most bytes that a host sent in an hour before {@code day}. */
    long busiestHour(long day) {
        return busiestHours.headMap(day).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** Days between the first known and {@code day}. */
    long age(long day) {
        return since == Long.MAX_VALUE ? 0 : Math.max(0, day - since);
    }

    /** Hosts that were there on the day before {@code day} or later. */
    long size(long day) {
        return hosts.values().stream().filter(seen -> seen >= day - 1).count();
    }

    /** Whether on {@code day} nothing that is remembered still matters. */
    boolean isGone(long day) {
        return hosts.values().stream().allMatch(seen -> seen < day - Days.MOST)
                && values.values().stream().allMatch(value -> value.last() < day - Days.MOST)
                && disputedUntil.values().stream().allMatch(until -> until < day);
    }

    private void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(since);
        out.writeStartArray();
        for (Map.Entry<Long, Value> entry : values.entrySet()) {
            out.writeNumber(entry.getKey());
            out.writeNumber(entry.getValue().last());
            out.writeNumber(entry.getValue().days());
            out.writeNumber(entry.getValue().users().size());
            for (long user : entry.getValue().users()) {
                out.writeNumber(user);
            }
        }
        out.writeEndArray();
        write(disputedUntil, out);
        write(busiestHours, out);
        for (Map.Entry<String, Long> host : hosts.entrySet()) {
            out.writeString(host.getKey());
            out.writeNumber(host.getValue());
        }
        out.writeEndArray();
    }

    private static void write(Map<Long, Long> numbers, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<Long, Long> entry : numbers.entrySet()) {
            out.writeNumber(entry.getKey());
            out.writeNumber(entry.getValue());
        }
        out.writeEndArray();
    }

    private static GroupHabits read(JsonParser in) throws IOException {
        GroupHabits group = new GroupHabits();
        in.nextToken();
        group.since = in.nextLongValue(0);
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long key = in.getLongValue();
            long last = in.nextLongValue(0);
            int days = in.nextIntValue(0);
            List<Long> users = new ArrayList<>();
            for (int left = in.nextIntValue(0); left > 0; left--) {
                users.add(in.nextLongValue(0));
            }
            group.values.put(key, new Value(last, days, users));
        }
        read(group.disputedUntil, in);
        read(group.busiestHours, in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            group.hosts.put(in.getText(), in.nextLongValue(0));
        }
        return group;
    }

    private static void read(Map<Long, Long> numbers, JsonParser in) throws IOException {
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            numbers.put(in.getLongValue(), in.nextLongValue(0));
        }
    }
}
