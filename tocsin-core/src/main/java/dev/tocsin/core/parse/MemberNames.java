package dev.tocsin.core.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a record's members. They stand in one order in nearly all records, so the name that followed last time is
 * tried first; only where another one stands is its end looked for.
 */
final class MemberNames {

    /** Names remembered: more than CloudTrail has; records with invented names beyond that cost a little more. */
    private static final int MOST_NAMES = 64;

    private final List<Name> known = new ArrayList<>();
    private final Name start = new Name(new byte[0], null);
    private Name last = start;

    /** One name; {@code bytes} are all behind the opening quote: the name, the closing quote, the colon. */
    static final class Name {
        private final byte[] bytes;
        private final RawCall.@Nullable Member member;
        private @Nullable Name next;
        private byte @Nullable [] lastQuoted;
        private String lastText = "";

        private Name(byte[] bytes, RawCall.@Nullable Member member) {
            this.bytes = bytes;
            this.member = member;
        }

        /** From behind the opening quote to the value, in bytes. */
        int length() {
            return bytes.length;
        }

        /** What it names, or null if that is not wanted. */
        RawCall.@Nullable Member member() {
            return member;
        }

        /** Whether the text at {@code from} is the one that was {@link #said} last. */
        boolean saysAsLast(byte[] text, int from, int limit) {
            return lastQuoted != null && JsonBytes.startsWith(text, from, limit, lastQuoted);
        }

        /** What was said last. */
        String lastText() {
            return lastText;
        }

        /** Remembers {@code text}, whose bytes stand before a closing quote at {@code end}. */
        void said(String text, byte[] record, int from, int end) {
            lastQuoted = Arrays.copyOfRange(record, from, end + 1);
            lastText = text;
        }
    }

    MemberNames() {
        for (RawCall.Member member : RawCall.Member.values()) {
            known.add(new Name((member.key + "\":").getBytes(StandardCharsets.US_ASCII), member));
        }
    }

    /** A record begins. */
    void start() {
        last = start;
    }

    /** The name that stands at {@code from}, behind its opening quote; null if it is unusual. */
    @Nullable
    Name at(byte[] bytes, int from, int limit) {
        Name name = last.next;
        if (name == null || !JsonBytes.startsWith(bytes, from, limit, name.bytes)) {
            name = find(bytes, from, limit);
            last.next = name;
        }
        if (name != null) {
            last = name;
        }
        return name;
    }

    private @Nullable Name find(byte[] bytes, int from, int limit) {
        int end = JsonBytes.stringStop(bytes, from, limit);
        if (end + 1 >= limit || bytes[end] != '"' || bytes[end + 1] != ':') {
            return null;
        }
        for (int i = 0; i < known.size(); i++) {
            if (JsonBytes.same(known.get(i).bytes, bytes, from, end + 2)) {
                return known.get(i);
            }
        }
        byte[] text = new byte[end + 2 - from];
        System.arraycopy(bytes, from, text, 0, text.length);
        Name fresh = new Name(text, null);
        if (known.size() < MOST_NAMES && text.length <= ParseLimits.MAX_MEMBER_NAME) {
            known.add(fresh);
        }
        return fresh;
    }
}
