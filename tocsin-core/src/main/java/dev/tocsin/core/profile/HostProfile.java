package dev.tocsin.core.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The habits of one interface's host, day by day: which server ports and resolvers it turns to, and how much it sends.
 * Values are numbers made by {@link Habit}; each has the set of the last 32 days on which it was used. A value is judged by
 * the days before; its first day cannot make it usual. Bounded, integers only.
 */
public final class HostProfile {

    /** Values remembered; of more, those used on fewest days go. */
    static final int MOST_VALUES = 96;

    /** New values of one day that are remembered; a scan or a swarm meets any number. */
    static final int NEW_A_DAY = 12;

    /** Days of a new profile on which everything is new. Ours. */
    static final int FIRST_DAYS = 3;

    /** One of so many days with a new port makes a host one whose ports say nothing. Ours. */
    static final int RESTLESS_SHARE = 4;

    /** Least days with a new port that do so. Ours. */
    static final int RESTLESS_DAYS = 3;

    /** Days for which what was told is no habit. anomaly.md, section 3.2. */
    static final int DISPUTED_DAYS = 30;

    /** Such values remembered; the oldest goes. */
    static final int MOST_DISPUTED = 16;

    /** Days looked back on for that. */
    private static final int RESTLESS_SPAN = 14;

    private long since = Long.MIN_VALUE;
    private long today = Long.MIN_VALUE;
    private int active;
    private int newPorts;
    private int newToday;
    private long summarised = Long.MIN_VALUE;
    private long[] keys = new long[8];
    private int[] days = new int[8];
    private int size;
    private final List<Fresh> fresh = new ArrayList<>();
    private final TreeMap<Long, Long> disputed = new TreeMap<>();
    private final SentVolumes volumes = new SentVolumes();

    /** Begins the window that starts at {@code at}, in the order of time; whether it is the first of its day. */
    public boolean begin(long at) {
        long day = Days.of(at);
        boolean first = day > today;
        if (since == Long.MIN_VALUE) {
            since = day;
            today = day;
        }
        if (day > today) {
            roll(day - today);
            volumes.rollDay(today, day - today);
            today = day;
        }
        active |= 1;
        fresh.removeIf(value -> {
            boolean over = at - value.first() >= Days.SECONDS;
            if (over && value.isTold() && isDisputed(value.key)) {
                forget(value.key);
            }
            return over;
        });
        return first;
    }

    /**
     * Notes that {@code value} was told of a host whose habits are known: for {@link #DISPUTED_DAYS} it does not become one of
     * them, and is told again when it comes back another day.
     */
    public void dispute(Fresh value) {
        if (disputed.putIfAbsent(value.key, today) == null && disputed.size() > MOST_DISPUTED) {
            disputed.remove(disputed.entrySet().stream()
                    .min(Map.Entry.<Long, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey());
        }
    }

    private boolean isDisputed(long key) {
        Long since = disputed.get(key);
        return since != null && today < since + DISPUTED_DAYS;
    }

    private void forget(long key) {
        int place = find(key);
        if (place >= 0) {
            size--;
            keys[place] = keys[size];
            days[place] = days[size];
        }
    }

    private void roll(long later) {
        active = Days.shift(active, later);
        newPorts = Days.shift(newPorts, later);
        newToday = 0;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int shifted = Days.shift(days[i], later);
            if (shifted != 0) {
                keys[kept] = keys[i];
                days[kept++] = shifted;
            }
        }
        size = kept;
        disputed.values().removeIf(from -> today + later >= from + 2 * DISPUTED_DAYS);
    }

    /**
     * Notes that the host used the value {@code key}: from {@code first}, in the window {@code window} (epoch seconds), in
     * {@code sessions} connections with {@code bytes}. Null if it is usual, or there are too many new ones to tell.
     */
    public @Nullable Fresh use(long key, long first, long window, long sessions, long bytes) {
        int place = find(key);
        if (place < 0) {
            if (newToday >= NEW_A_DAY) {
                return null;
            }
            newToday++;
            newPorts |= Habit.isPort(key) && !disputed.containsKey(key) ? 1 : 0;
            place = add(key);
            fresh.add(new Fresh(key, first));
        }
        days[place] |= 1;
        Fresh value = fresh(key);
        if (value != null) {
            value.add(window, sessions, bytes);
        }
        return value;
    }

    /** On how many of the last days before today {@code key} was used. */
    public int daysBefore(long key) {
        int place = find(key);
        return place < 0 ? 0 : Integer.bitCount(days[place] >>> 1);
    }

    /** How {@code key} was used since it was new, within a day; null if it is not new. */
    public @Nullable Fresh fresh(long key) {
        for (Fresh value : fresh) {
            if (value.key == key) {
                return value;
            }
        }
        return null;
    }

    private int find(long key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    private int add(long key) {
        if (size == MOST_VALUES) {
            int rarest = 0;
            for (int i = 1; i < size; i++) {
                rarest = Integer.compareUnsigned(rank(i), rank(rarest)) < 0 ? i : rarest;
            }
            keys[rarest] = key;
            days[rarest] = 0;
            return rarest;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            days = Arrays.copyOf(days, 2 * size);
        }
        keys[size] = key;
        days[size] = 0;
        return size++;
    }

    /** Few days first, among them the one longest ago. */
    private int rank(int place) {
        return Integer.bitCount(days[place]) << 8 | (Days.MOST - Integer.numberOfTrailingZeros(days[place]));
    }

    /** Days between the first one of this profile and {@code at}, epoch seconds. */
    public int age(long at) {
        return since == Long.MIN_VALUE ? 0 : (int) Math.max(0, Days.of(at) - since);
    }

    /** Whether the host turns to new ports so often that one more says nothing. */
    public boolean isRestless() {
        long old = Math.min(RESTLESS_SPAN, today - since - FIRST_DAYS + 1);
        if (old <= 0) {
            return false;
        }
        int span = ((1 << old) - 1) << 1;
        int restless = Integer.bitCount(newPorts & span);
        return restless >= RESTLESS_DAYS && restless * RESTLESS_SHARE >= Integer.bitCount(active & span);
    }

    /** The values used on days before today, most usual first; at most {@code most}. */
    public List<Long> usual(int most) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (days[i] >>> 1 != 0) {
                places.add(i);
            }
        }
        places.sort((one, other) -> {
            int order = Integer.compare(Integer.bitCount(days[other]), Integer.bitCount(days[one]));
            return order != 0 ? order : Long.compare(keys[one], keys[other]);
        });
        return places.stream().limit(most).map(place -> keys[place]).toList();
    }

    /** How much the host sends. */
    public SentVolumes volumes() {
        return volumes;
    }

    /** What {@code day}, which is over, adds to what the host's groups know; null if there was none, or it was taken. */
    public @Nullable Used take(long day) {
        if (today != day || summarised == day) {
            return null;
        }
        summarised = day;
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < size && !isRestless(); i++) {
            if ((days[i] & 1) != 0) {
                values.add(keys[i]);
            }
        }
        values.sort(null);
        return new Used(today, values, volumes.busiestHourToday());
    }

    /**
     * The values of a day.
     *
     * @param day the day, counted from 1970
     * @param values in their order
     * @param busiestHour bytes sent in its busiest hour
     */
    public record Used(long day, List<Long> values, long busiestHour) {}

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(since);
        out.writeNumber(today);
        out.writeNumber(active);
        out.writeNumber(newPorts);
        out.writeNumber(newToday);
        out.writeNumber(summarised);
        out.writeNumber(size);
        for (int i = 0; i < size; i++) {
            out.writeNumber(keys[i]);
            out.writeNumber(days[i]);
        }
        out.writeNumber(disputed.size());
        for (Map.Entry<Long, Long> value : disputed.entrySet()) {
            out.writeNumber(value.getKey());
            out.writeNumber(value.getValue());
        }
        volumes.write(out);
        for (Fresh value : fresh) {
            value.write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static HostProfile read(JsonParser in) throws IOException {
        HostProfile profile = new HostProfile();
        in.nextToken();
        profile.since = in.nextLongValue(0);
        profile.today = in.nextLongValue(0);
        profile.active = in.nextIntValue(0);
        profile.newPorts = in.nextIntValue(0);
        profile.newToday = in.nextIntValue(0);
        profile.summarised = in.nextLongValue(0);
        profile.size = in.nextIntValue(0);
        int places = Math.max(8, profile.size);
        profile.keys = new long[places];
        profile.days = new int[places];
        for (int i = 0; i < profile.size; i++) {
            profile.keys[i] = in.nextLongValue(0);
            profile.days[i] = in.nextIntValue(0);
        }
        for (int left = in.nextIntValue(0); left > 0; left--) {
            profile.disputed.put(in.nextLongValue(0), in.nextLongValue(0));
        }
        in.nextToken();
        profile.volumes.read(in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            profile.fresh.add(Fresh.read(in));
        }
        return profile;
    }
}
