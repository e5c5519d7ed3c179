package dev.tocsin.core.parse;

import dev.tocsin.core.parse.RawQuery.Member;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ordinary resolver query record straight from its bytes: no white space between tokens, no escapes, ASCII
 * only, each member once, values texts, answers a list of flat objects. It gives up on anything else, and the general
 * reader takes over.
 */
final class QueryBytes {

    private static final int MAX_KEY = 32;

    private final RawQuery raw;
    private final TextCache texts = new TextCache();
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
        return object(false) && at == limit && raw.isQuery;
    }

    private boolean object(boolean sourceIds) {
        if (!take('{')) {
            return false;
        }
        if (take('}')) {
            return true;
        }
        do {
            String key = key();
            if (key == null || !take(':') || !member(sourceIds ? Member.ofSourceId(key) : Member.of(key))) {
                return false;
            }
        } while (take(','));
        return take('}');
    }

    private boolean member(@Nullable Member member) {
        if (member == null) {
            return text() != null;
        }
        if (raw.again(member)) {
            return false;
        }
        if (member == Member.ANSWERS) {
            return answers();
        }
        if (member == Member.SOURCE_IDS) {
            return object(true);
        }
        String value = text();
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
        do {
            String key = key();
            String value = key == null || !take(':') ? null : text();
            if (key == null || value == null) {
                return false;
            }
            switch (key) {
                case "Type", "type" -> type = value;
                case "Rdata", "rdata" -> data = value;
                default -> {}
            }
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

    private @Nullable String key() {
        String key = text();
        return key == null || key.length() > MAX_KEY ? null : key;
    }

    /** The text at hand, or null if it is none or holds an escape, a control character or anything beyond ASCII. */
    private @Nullable String text() {
        if (!take('"')) {
            return null;
        }
        int start = at;
        byte b = 0;
        while (at < limit && (b = bytes[at]) >= ' ' && b != '"' && b != '\\') {
            at++;
        }
        if (at == limit || b != '"') {
            return null;
        }
        String text = texts.of(bytes, start, at);
        at++;
        return text;
    }
}
