package dev.tocsin.core.parse;

import dev.tocsin.core.event.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ordinary CloudTrail record, compact and in ASCII, in one pass over its bytes. Whatever is unusual it leaves to
 * the general reader, to which it is equal in what it does read: a differential test holds that.
 */
final class CallScanner {

    private static final int SHORTEST_KEY = 7;
    private static final int SLOT_BITS = 6;

    private static final RawCall.Member[] MEMBERS = RawCall.Member.values();
    private static final long FACTOR = findFactor();
    private static final RawCall.@Nullable Member[] SLOTS = slots(FACTOR);
    private static final byte[][] KEYS = keys();

    private final ApiCallCaches caches;
    private long lastDateHead;
    private long lastDateTail;
    private long lastDays;

    CallScanner(ApiCallCaches caches) {
        this.caches = caches;
    }

    /**
     * Reads the record at {@code from} into {@code raw}.
     *
     * @return the place behind it, or -1 if it is unusual or not all there
     */
    int scan(byte[] bytes, int from, int limit, RawCall raw) {
        raw.clear();
        if (from >= limit || bytes[from] != '{') {
            return JsonSkipper.UNUSUAL;
        }
        int at = from + 1;
        while (at < limit && bytes[at] == '"') {
            at = member(bytes, at + 1, limit, raw);
            if (at < 0 || at >= limit) {
                return JsonSkipper.UNUSUAL;
            }
            byte end = bytes[at++];
            if (end == '}') {
                return JsonBytes.isAscii(bytes, from, at) ? at : JsonSkipper.UNUSUAL;
            }
            if (end != ',') {
                return JsonSkipper.UNUSUAL;
            }
        }
        return JsonSkipper.UNUSUAL;
    }

    private int member(byte[] bytes, int from, int limit, RawCall raw) {
        int end = JsonBytes.stringStop(bytes, from, limit);
        int value = end + 2;
        if (value >= limit || bytes[end] != '"' || bytes[end + 1] != ':') {
            return JsonSkipper.UNUSUAL;
        }
        RawCall.Member member = end - from < SHORTEST_KEY ? null : wanted(bytes, from, end);
        if (member == null) {
            return JsonSkipper.value(bytes, value, limit);
        }
        if (raw.again(member)) {
            return JsonSkipper.UNUSUAL;
        }
        return switch (bytes[value]) {
            case '"' -> text(bytes, value + 1, limit, member, raw);
            case '{' -> identity(bytes, value, limit, member, raw);
            case 't', 'f', 'n' -> literal(bytes, value, limit, member, raw);
            default -> JsonSkipper.UNUSUAL;
        };
    }

    private static RawCall.@Nullable Member wanted(byte[] bytes, int from, int end) {
        int slot = slot(JsonBytes.word(bytes, from - 1), FACTOR);
        byte[] key = KEYS[slot];
        return Arrays.equals(key, 0, key.length, bytes, from, end) ? SLOTS[slot] : null;
    }

    private int text(byte[] bytes, int from, int limit, RawCall.Member member, RawCall raw) {
        int end = JsonBytes.stringStop(bytes, from, limit);
        if (end >= limit || bytes[end] != '"' || member == RawCall.Member.IDENTITY) {
            return JsonSkipper.UNUSUAL;
        }
        switch (member) {
            case TIME -> time(bytes, from, end, raw);
            case ADDRESS -> raw.caller = caches.caller(bytes, from, end);
            case ID -> raw.id = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
            default -> raw.put(member, caches.text(bytes, from, end));
        }
        return end + 1;
    }

    private int identity(byte[] bytes, int from, int limit, RawCall.Member member, RawCall raw) {
        if (member != RawCall.Member.IDENTITY) {
            return JsonSkipper.UNUSUAL;
        }
        int known = caches.identities.find(bytes, from, limit);
        if (known >= 0) {
            raw.identity = caches.identities.found();
            return known;
        }
        int end = JsonSkipper.value(bytes, from, limit);
        Identity identity = end < 0 ? null : caches.identity(bytes, from, end);
        if (identity == null) {
            return JsonSkipper.UNUSUAL;
        }
        raw.identity = identity;
        return end;
    }

    private static int literal(byte[] bytes, int from, int limit, RawCall.Member member, RawCall raw) {
        int end = JsonSkipper.literal(bytes, from, limit);
        if (end >= 0 && bytes[from] != 'n') {
            if (member == RawCall.Member.IDENTITY || member == RawCall.Member.ADDRESS) {
                return JsonSkipper.UNUSUAL;
            }
            raw.put(member, bytes[from] == 't' ? "true" : "false");
        }
        return end;
    }

    /** The usual form is read here, any other one by {@link EventTime}. */
    private void time(byte[] bytes, int from, int end, RawCall raw) {
        if (end - from == 20 && bytes[from + 10] == 'T' && bytes[end - 1] == 'Z') {
            long clock = clock(bytes, from + 11);
            if (clock >= 0 && date(bytes, from)) {
                raw.at = lastDays * 86_400 + clock;
                return;
            }
        }
        raw.time = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private boolean date(byte[] bytes, int from) {
        long head = JsonBytes.word(bytes, from);
        long tail = JsonBytes.word(bytes, from + 2);
        if (head != lastDateHead || tail != lastDateTail) {
            String midnight = new String(bytes, from, 10, StandardCharsets.ISO_8859_1) + "T00:00:00Z";
            long at = EventTime.parse(midnight);
            if (at == EventTime.NONE) {
                return false;
            }
            lastDateHead = head;
            lastDateTail = tail;
            lastDays = Math.floorDiv(at, 86_400L);
        }
        return true;
    }

    private static long clock(byte[] bytes, int from) {
        int hour = twoDigits(bytes, from);
        int minute = twoDigits(bytes, from + 3);
        int second = twoDigits(bytes, from + 6);
        boolean plain = bytes[from + 2] == ':' && bytes[from + 5] == ':' && hour >= 0 && hour < 24;
        return plain && minute >= 0 && minute < 60 && second >= 0 && second < 60
                ? hour * 3_600L + minute * 60L + second
                : -1;
    }

    private static int twoDigits(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static int slot(long head, long factor) {
        return (int) ((head * factor) >>> (64 - SLOT_BITS));
    }

    private static long head(RawCall.Member member) {
        byte[] quoted = new byte[8];
        quoted[0] = '"';
        System.arraycopy(member.key.getBytes(StandardCharsets.US_ASCII), 0, quoted, 1, SHORTEST_KEY);
        return JsonBytes.word(quoted, 0);
    }

    /** A factor that gives each wanted member a slot of its own by the quote and the first seven bytes of its name. */
    private static long findFactor() {
        long factor = 0x9E37_79B9_7F4A_7C15L;
        while (!isPerfect(factor)) {
            factor = factor * 0x5851_F42D_4C95_7F2DL + 2;
        }
        return factor;
    }

    private static boolean isPerfect(long factor) {
        long used = 0;
        for (RawCall.Member member : MEMBERS) {
            long bit = 1L << slot(head(member), factor);
            if ((used & bit) != 0) {
                return false;
            }
            used |= bit;
        }
        return true;
    }

    private static RawCall.@Nullable Member[] slots(long factor) {
        RawCall.@Nullable Member[] slots = new RawCall.Member[1 << SLOT_BITS];
        for (RawCall.Member member : MEMBERS) {
            slots[slot(head(member), factor)] = member;
        }
        return slots;
    }

    private static byte[][] keys() {
        byte[][] keys = new byte[SLOTS.length][];
        for (int slot = 0; slot < keys.length; slot++) {
            RawCall.Member member = SLOTS[slot];
            keys[slot] = member == null ? new byte[0] : member.key.getBytes(StandardCharsets.US_ASCII);
        }
        return keys;
    }
}
