package dev.tocsin.core.parse;

import dev.tocsin.core.event.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the planned fields out of an ordinary record, one that {@link CallScanner} has passed over: compact, in ASCII and of
 * sound grammar. What needs more than a look at its bytes, such as an escape in a wanted text, it leaves to {@link
 * PlannedFields}, to which it is equal in what it does read: a differential test holds that.
 */
final class PlannedScanner {

    private static final int MOST_FIELDS = 63;

    private final IdentityHashMap<List<FieldPath>, Step> compiled = new IdentityHashMap<>();
    private final ApiCallCaches caches;

    /** One name of a path; its bits are the numbers of the fields that end here and of those that go on below. */
    private static final class Step {
        private final byte[] name;
        private final List<Step> next = new ArrayList<>();
        private long here;
        private long below;

        Step(byte[] name) {
            this.name = name;
        }

        Step to(String member) {
            byte[] wanted = member.getBytes(StandardCharsets.UTF_8);
            for (Step step : next) {
                if (Arrays.equals(step.name, wanted)) {
                    return step;
                }
            }
            Step fresh = new Step(wanted);
            next.add(fresh);
            return fresh;
        }
    }

    PlannedScanner(ApiCallCaches caches) {
        this.caches = caches;
    }

    /** The fields' values by number; null if the record is for the library to read. */
    @Nullable
    String @Nullable [] read(byte[] bytes, int from, int to, List<FieldPath> plan) {
        if (plan.size() > MOST_FIELDS) {
            return null;
        }
        Step first = compiled.computeIfAbsent(plan, PlannedScanner::compile);
        @Nullable String[] values = new String[plan.size()];
        return members(bytes, from + 1, to, first, values) < 0 ? null : values;
    }

    private static Step compile(List<FieldPath> plan) {
        Step first = new Step(new byte[0]);
        for (int number = 0; number < plan.size(); number++) {
            Step step = first;
            for (String name : plan.get(number).text().split("\\.", -1)) {
                step.below |= 1L << number;
                step = step.to(name);
            }
            step.here |= 1L << number;
        }
        return first;
    }

    /** Reads the members from {@code from}, behind the brace; the place behind the object, or negative. */
    private int members(byte[] bytes, int from, int limit, Step parent, @Nullable String[] values) {
        if (bytes[from] == '}') {
            return from + 1;
        }
        int at = from;
        while (true) {
            int end = JsonBytes.stringStop(bytes, at + 1, limit);
            if (bytes[end] != '"') {
                return JsonSkipper.UNUSUAL;
            }
            Step step = step(parent, bytes, at + 1, end);
            at = step == null ? JsonSkipper.value(bytes, end + 2, limit) : value(bytes, end + 2, limit, step, values);
            if (at < 0 || bytes[at] == '}') {
                return at < 0 ? at : at + 1;
            }
            at++;
        }
    }

    private static @Nullable Step step(Step parent, byte[] bytes, int from, int end) {
        for (int i = 0; i < parent.next.size(); i++) {
            Step step = parent.next.get(i);
            if (JsonBytes.same(step.name, bytes, from, end)) {
                return step;
            }
        }
        return null;
    }

    private int value(byte[] bytes, int from, int limit, Step step, @Nullable String[] values) {
        set(values, step.below, null);
        if (step.here == 0) {
            return bytes[from] == '{'
                    ? members(bytes, from + 1, limit, step, values)
                    : JsonSkipper.value(bytes, from, limit);
        }
        int end = JsonSkipper.value(bytes, from, limit);
        if (end < 0 || needsCare(bytes, from, end)) {
            return JsonSkipper.UNUSUAL;
        }
        set(values, step.here, text(bytes, from, end));
        if (step.below == 0) {
            return end;
        }
        if (bytes[from] == '{') {
            return members(bytes, from + 1, limit, step, values);
        }
        return bytes[from] == '"' && bytes[from + 1] == '{' ? JsonSkipper.UNUSUAL : end;
    }

    private @Nullable String text(byte[] bytes, int from, int end) {
        return switch (bytes[from]) {
            case '"' -> caches.text(bytes, from + 1, end - 1);
            case 'n' -> null;
            default -> new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
        };
    }

    /** Whether the library writes the value otherwise than it stands here: an escape, or a control character in a text. */
    private static boolean needsCare(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '\\' || bytes[i] < ' ') {
                return true;
            }
        }
        return false;
    }

    private static void set(@Nullable String[] values, long numbers, @Nullable String value) {
        for (long rest = numbers; rest != 0; rest &= rest - 1) {
            values[Long.numberOfTrailingZeros(rest)] = value;
        }
    }
}
