package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudTrail records: takes the envelope and the planned fields, passes over the rest, and gives each record to
 * the sink as accepted, ignored or rejected. One reader belongs to one thread.
 */
public final class ApiCallReader {

    private final RecordSink sink;
    private final CallMaker maker;
    private final CallScanner scanner;
    private final RawCall raw = new RawCall();
    private int longName;

    /**
     * A reader for one object.
     *
     * @param s3DataEvents whether data events on S3 objects are wanted; if not they are counted as ignored
     */
    public ApiCallReader(ParseContext context, RecordSink sink, boolean s3DataEvents) {
        this(context, sink, s3DataEvents, new ApiCallCaches());
    }

    /** A reader for one object that remembers what the objects before it had in common. */
    public ApiCallReader(ParseContext context, RecordSink sink, boolean s3DataEvents, ApiCallCaches caches) {
        this.sink = sink;
        this.maker = new CallMaker(context, sink, s3DataEvents, caches);
        this.scanner = caches.callScanner;
    }

    /**
     * Reads the record that begins at {@code from} if it is an ordinary one and ends before {@code limit}.
     *
     * @return the place behind it, or -1 if nothing was done and {@link #record} has to
     */
    public int ordinary(byte[] bytes, int from, int limit, long position) {
        int end = scanner.scan(bytes, from, limit, raw);
        return end > 0 && made(bytes, from, end, position) ? end : JsonSkipper.UNUSUAL;
    }

    /** Gives the scanned record to the sink, unless it is not ASCII. */
    private boolean made(byte[] bytes, int from, int end, long position) {
        long hash = ContentHash.of(bytes, from, end);
        boolean ascii = ContentHash.isAscii(hash);
        if (ascii) {
            maker.make(raw, true, bytes, from, end, position, hash);
        }
        return ascii;
    }

    /**
     * Reads the record that lies between {@code from} and {@code to}.
     *
     * @param position of the record, see {@link dev.tocsin.core.event.Origin#position}
     * @return false if it is no readable JSON object; the sink has it as rejected then
     */
    public boolean record(byte[] bytes, int from, int to, long position) {
        boolean ordinary = scanner.scan(bytes, from, to, raw) == to && made(bytes, from, to, position);
        return ordinary || general(bytes, from, to, position);
    }

    /** As {@link #record}, by the library alone. */
    boolean general(byte[] bytes, int from, int to, long position) {
        String problem = parse(bytes, from, to, position);
        if (problem == null) {
            maker.make(raw, false, bytes, from, to, position, ContentHash.ofJson(bytes, from, to));
            return true;
        }
        byte[] repaired = repaired(bytes, from, to);
        if (repaired != null && parse(repaired, 0, repaired.length, position) == null) {
            long hash = ContentHash.ofJson(bytes, from, to);
            maker.make(raw, false, repaired, 0, repaired.length, position, hash);
            return true;
        }
        sink.reject(position, "record is no JSON object: " + problem);
        return false;
    }

    /** Reads the envelope; null if it went well, else what is wrong. */
    private @Nullable String parse(byte[] bytes, int from, int to, long position) {
        raw.clear();
        try (JsonParser json = Json.parser(bytes, from, to)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "expected {";
            }
            String twice = null;
            longName = 0;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (member(json, RawCall.Member.of(name))) {
                    twice = name;
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return "it ends in the middle";
            }
            if (twice != null) {
                sink.note(position, twice + " stands twice; the last one counts");
            }
            if (longName > 0) {
                sink.incomplete(position, "a member name of " + longName + " characters: what it names is left out");
            }
            return null;
        } catch (IOException e) {
            return firstLine(e);
        }
    }

    private boolean member(JsonParser json, RawCall.@Nullable Member member) throws IOException {
        if (member == null) {
            skip(json);
            return false;
        }
        if (member == RawCall.Member.IDENTITY) {
            raw.identity = IdentityReader.read(json);
        } else {
            raw.put(member, Json.scalar(json));
        }
        return raw.again(member);
    }

    /** Passes over the value at the parser, looking at the names in it. */
    private void skip(JsonParser json) throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME && json.getTextLength() > ParseLimits.MAX_MEMBER_NAME) {
                longName = Math.max(longName, json.getTextLength());
            }
        } while (depth > 0 && json.nextToken() != null);
    }

    /** The record with replacement characters for bytes that are no UTF-8, or null if it has none. */
    static byte @Nullable [] repaired(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
