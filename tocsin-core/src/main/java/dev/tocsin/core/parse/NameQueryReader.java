package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.parse.RawQuery.Member;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads Route 53 Resolver query log records. An ordinary compact record is read byte by byte, any other by the JSON
 * library; both give the same. One reader belongs to one thread.
 */
public final class NameQueryReader {

    private final RecordSink sink;
    private final QueryMaker maker;
    private final QueryBytes quick;
    private final RawQuery raw = new RawQuery();

    /** A reader for one object. */
    public NameQueryReader(ParseContext context, RecordSink sink) {
        this.sink = sink;
        this.maker = new QueryMaker(context, sink);
        this.quick = new QueryBytes(raw);
    }

    /**
     * Reads the record that lies between {@code from} and {@code to}.
     *
     * @param position of the record, see {@link dev.tocsin.core.event.Origin#position}
     * @return true if the sink has it now, accepted or rejected; false if it is readable JSON but no resolver query
     *     record, of which the sink has heard nothing
     */
    public boolean record(byte[] buffer, int from, int to, long position) {
        if (quick.read(buffer, from, to)) {
            maker.make(raw, position, to - from, ContentHash.of(buffer, from, to));
            return true;
        }
        return general(buffer, from, to, position);
    }

    /** The same as {@link #record} for any spelling of JSON. */
    boolean general(byte[] buffer, int from, int to, long position) {
        String problem = parse(buffer, from, to, position);
        if (problem != null) {
            byte[] repaired = ApiCallReader.repaired(buffer, from, to);
            if (repaired == null || parse(repaired, 0, repaired.length, position) != null) {
                sink.reject(position, "record is no JSON object: " + problem);
                return true;
            }
        }
        if (!raw.isQuery) {
            return false;
        }
        maker.make(raw, position, to - from, ContentHash.ofJson(buffer, from, to));
        return true;
    }

    /** Reads the members; null if it went well, else what is wrong. */
    private @Nullable String parse(byte[] bytes, int from, int to, long position) {
        raw.clear();
        try (JsonParser json = Json.parser(bytes, from, to)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "expected {";
            }
            Member twice = members(json, false);
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return "it ends in the middle";
            }
            if (twice != null) {
                sink.note(position, twice.key + " stands twice; the last one counts");
            }
            return null;
        } catch (IOException e) {
            return ApiCallReader.firstLine(e);
        }
    }

    private @Nullable Member members(JsonParser json, boolean sourceIds) throws IOException {
        Member twice = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            Member member = sourceIds ? Member.ofSourceId(name) : Member.of(name);
            if (member == null) {
                json.skipChildren();
            } else {
                if (raw.again(member)) {
                    twice = member;
                }
                Member below = value(json, member);
                twice = below == null ? twice : below;
            }
        }
        return twice;
    }

    private @Nullable Member value(JsonParser json, Member member) throws IOException {
        if (member == Member.ANSWERS) {
            answers(json);
            return null;
        }
        if (member == Member.SOURCE_IDS) {
            raw.forgetSourceIds();
            if (json.currentToken() == JsonToken.START_OBJECT) {
                return members(json, true);
            }
            json.skipChildren();
            return null;
        }
        raw.put(member, Json.scalar(json));
        return null;
    }

    private void answers(JsonParser json) throws IOException {
        raw.answers.clear();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new IOException("it ends in the middle");
            }
            if (json.currentToken() == JsonToken.START_OBJECT) {
                answer(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void answer(JsonParser json) throws IOException {
        String type = null;
        String data = null;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "Type", "type" -> type = Json.scalar(json);
                case "Rdata", "rdata" -> data = Json.scalar(json);
                default -> json.skipChildren();
            }
        }
        raw.answers.add(type);
        raw.answers.add(data);
    }
}
