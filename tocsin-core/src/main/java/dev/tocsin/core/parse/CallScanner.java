package dev.tocsin.core.parse;

import dev.tocsin.core.event.Identity;
import java.nio.charset.StandardCharsets;

/**
 * Reads the ordinary CloudTrail record, compact and in ASCII, in one pass over its bytes. Whatever is unusual it leaves to
 * the general reader, to which it is equal in what it does read: a differential test holds that.
 */
final class CallScanner {

    private final ApiCallCaches caches;
    private final MemberNames names = new MemberNames();
    private long lastDateHead;
    private long lastDateTail;
    private long lastDays;

    CallScanner(ApiCallCaches caches) {
        this.caches = caches;
    }

    /**
     * Reads the record at {@code from} into {@code raw}; that it is ASCII is for who calls to see.
     *
     * @return the place behind it, or -1 if it is unusual or not all there
     */
    int scan(byte[] bytes, int from, int limit, RawCall raw) {
        raw.clear();
        names.start();
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
                return at;
            }
            if (end != ',') {
                return JsonSkipper.UNUSUAL;
            }
        }
        return JsonSkipper.UNUSUAL;
    }

    private int member(byte[] bytes, int from, int limit, RawCall raw) {
        MemberNames.Name name = names.at(bytes, from, limit);
        if (name == null) {
            return JsonSkipper.UNUSUAL;
        }
        int value = from + name.length();
        RawCall.Member member = name.member();
        if (value >= limit) {
            return JsonSkipper.UNUSUAL;
        }
        if (member == null) {
            return JsonSkipper.value(bytes, value, limit);
        }
        if (raw.again(member)) {
            return JsonSkipper.UNUSUAL;
        }
        return switch (bytes[value]) {
            case '"' -> text(bytes, value + 1, limit, name, member, raw);
            case '{' -> identity(bytes, value, limit, member, raw);
            case 't', 'f', 'n' -> literal(bytes, value, limit, member, raw);
            default -> JsonSkipper.UNUSUAL;
        };
    }

    private int text(byte[] bytes, int from, int limit, MemberNames.Name name, RawCall.Member member, RawCall raw) {
        if (name.saysAsLast(bytes, from, limit)) {
            raw.put(member, name.lastText());
            return from + name.lastText().length() + 1;
        }
        int end = JsonBytes.stringStop(bytes, from, limit);
        if (end >= limit || bytes[end] != '"' || member == RawCall.Member.IDENTITY) {
            return JsonSkipper.UNUSUAL;
        }
        switch (member) {
            case TIME -> time(bytes, from, end, raw);
            case ADDRESS -> raw.caller = caches.caller(bytes, from, end);
            case ID -> raw.id = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
            default -> {
                String text = caches.text(bytes, from, end);
                raw.put(member, text);
                if (member.mostlyOne) {
                    name.said(text, bytes, from, end);
                }
            }
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
            if (bytes[from + 4] != '-') {
                return false; // else it might be read as a number
            }
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
}
