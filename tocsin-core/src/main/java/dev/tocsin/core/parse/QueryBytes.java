package dev.tocsin.core.parse;

import dev.tocsin.core.parse.RawQuery.Member;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ordinary resolver query record straight from its bytes: no white space between tokens, no escapes, ASCII
 * only, each member once, values texts, answers a list of flat objects. It gives up on anything else, and the general
 * reader takes over. Records of a log have their members in one order and repeat most values, so each key and value is
 * first compared with what stood there in the record before.
 */
final class QueryBytes {

    /** Most members of one object that are remembered by place; further ones are only read more slowly. */
    private static final int PLACES = 24;

    private static final int FIRST_SOURCE_ID = PLACES;
    private static final int FIRST_OF_ANSWER = 2 * PLACES;

    private final RawQuery raw;
    private final TextCache texts = new TextCache();
    private final @Nullable Key[] keys = new Key[3 * PLACES];
    private final @Nullable Value[] values = new Value[3 * PLACES];
    private byte[] bytes = new byte[0];
    private int at;
    private int limit;

    QueryBytes(RawQuery raw) {
        this.raw = raw;
    }

    /** Whether it was such a record, and is in the raw query now. */
    boolean read(byte[] buffer, int from, int to) {
        raw.clear();
        bytes = buffer;
        at = from;
        limit = to;
        return object(0) && at == limit && raw.isQuery;
    }

    private boolean object(int first) {
        if (!take('{')) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        int place = first;
        do {
            Key key = key(place);
            if (key == null || !member(key.member, place)) {
                return false;
            }
            place += place < first + PLACES - 1 ? 1 : 0;
        } while (take(','));
        return take('}');
    }

    private boolean member(@Nullable Member member, int place) {
        if (member == null) {
            return pass();
        }
        if (raw.again(member)) {
            return false;
        }
        if (member == Member.ANSWERS) {
            return answers();
        }
        if (member == Member.SOURCE_IDS) {
            return object(FIRST_SOURCE_ID);
        }
        String value = member == Member.NAME || member == Member.SOURCE_PORT ? text() : value(place);
        raw.put(member, value);
        return value != null;
    }

    private boolean answers() {
        if (!take('[')) {
            return false;
        }
        if (take(']')) {
            return true;
        }
        do {
            if (!answer()) {
                return false;
            }
        } while (take(','));
        return take(']');
    }

    private boolean answer() {
        String type = null;
        String data = null;
        if (!take('{')) {
            return false;
        }
        int place = FIRST_OF_ANSWER;
        do {
            Key key = key(place);
            if (key == null) {
                return false;
            }
            boolean read = switch (key.text) {
                case "Type", "type" -> (type = value(place)) != null;
                case "Rdata", "rdata" -> (data = text()) != null;
                default -> pass();
            };
            if (!read) {
                return false;
            }
            place += place < FIRST_OF_ANSWER + PLACES - 1 ? 1 : 0;
        } while (take(','));
        raw.answers.add(type);
        raw.answers.add(data);
        return take('}');
    }

    private boolean take(char c) {
        if (at < limit && bytes[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** The key at hand with its colon, or null. */
    private @Nullable Key key(int place) {
        Key before = keys[place];
        if (before != null && stands(before.token)) {
            at += before.token.length;
            return before;
        }
        int start = at;
        String text = text();
        if (text == null || !take(':')) {
            return null;
        }
        Member member = place >= FIRST_SOURCE_ID ? Member.ofSourceId(text) : Member.of(text);
        Key key = new Key(Arrays.copyOfRange(bytes, start, at), text, member);
        keys[place] = key;
        return key;
    }

    /** The text at hand, most likely the one that stood at this place before. */
    private @Nullable String value(int place) {
        Value before = values[place];
        if (before != null && stands(before.token)) {
            at += before.token.length;
            return before.text;
        }
        int start = at;
        String text = text();
        if (text != null) {
            values[place] = new Value(Arrays.copyOfRange(bytes, start, at), text);
        }
        return text;
    }

    private boolean stands(byte[] token) {
        int end = at + token.length;
        return end <= limit && Arrays.equals(token, 0, token.length, bytes, at, end);
    }

    private boolean pass() {
        int start = at + 1;
        return take('"') && end(start);
    }

    /** The text at hand, or null if it is none or holds an escape, a control character or anything beyond ASCII. */
    private @Nullable String text() {
        if (!take('"')) {
            return null;
        }
        int start = at;
        return end(start) ? texts.of(bytes, start, at - 1) : null;
    }

    /** Goes behind the quote that ends the text; false if something else than plain ASCII comes first. */
    private boolean end(int start) {
        int stop = JsonBytes.plainStop(bytes, start, limit);
        if (stop >= limit || bytes[stop] != '"') {
            return false;
        }
        at = stop + 1;
        return true;
    }

    /** A key as it stands, quotes and colon too, and what it means at its place. */
    private static final class Key {
        private final byte[] token;
        private final String text;
        private final @Nullable Member member;

        Key(byte[] token, String text, @Nullable Member member) {
            this.token = token;
            this.text = text;
            this.member = member;
        }
    }

    /** A value as it stands, quotes too. */
    private static final class Value {
        private final byte[] token;
        private final String text;

        Value(byte[] token, String text) {
            this.token = token;
            this.text = text;
        }
    }
}
