package dev.tocsin.server.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * The body of a request, as far as the protocol goes: {@code {"requestId", "timestamp", "records": [{"data"}]}}. What the
 * records hold is for the reader of logs.
 *
 * @param timestamp when the request was made, epoch milliseconds; {@link Long#MAX_VALUE} if it does not say
 * @param records how many it holds
 */
record FirehoseBody(long timestamp, int records) {

    /** Records a request may have. */
    static final int MOST_RECORDS = 10_000;

    /** Longest data of a record, in characters of base64: 1,024,000 bytes. */
    static final int LONGEST_DATA = 1_365_336;

    private static final int DEEPEST = 50;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_DATA + 1)
                    .build())
            .build();

    /**
     * Checks {@code body}.
     *
     * @param requestId what its header says
     * @throws Refused if it is not as the protocol says
     */
    static FirehoseBody of(byte[] body, String requestId) throws Refused {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused(400, "The body is no JSON object.");
            }
            FirehoseBody read = members(json, requestId);
            if (json.nextToken() != null) {
                throw new Refused(400, "Something stands behind the body's JSON object.");
            }
            return read;
        } catch (IOException e) {
            throw new Refused(400, "The body is no JSON of this protocol.");
        }
    }

    private static FirehoseBody members(JsonParser json, String requestId) throws IOException, Refused {
        boolean named = false;
        long timestamp = Long.MAX_VALUE;
        int records = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (name) {
                case "requestId" -> {
                    if (!requestId.equals(json.getValueAsString())) {
                        throw new Refused(400, "requestId is not what X-Amz-Firehose-Request-Id says.");
                    }
                    named = true;
                }
                case "timestamp" -> timestamp = time(json, value);
                case "records" -> records += records(json, value);
                default -> json.skipChildren();
            }
        }
        if (!named) {
            throw new Refused(400, "requestId is missing.");
        }
        if (records == 0) {
            throw new Refused(400, "records is missing or empty.");
        }
        if (records > MOST_RECORDS) {
            throw new Refused(400, "There are more than " + MOST_RECORDS + " records.");
        }
        return new FirehoseBody(timestamp, records);
    }

    private static long time(JsonParser json, JsonToken value) throws IOException, Refused {
        if (value != JsonToken.VALUE_NUMBER_INT) {
            throw new Refused(400, "timestamp is no whole number.");
        }
        return json.getLongValue();
    }

    private static int records(JsonParser json, JsonToken value) throws IOException, Refused {
        if (value != JsonToken.START_ARRAY) {
            throw new Refused(400, "records is no list.");
        }
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            count++;
            if (json.currentToken() != JsonToken.START_OBJECT || !hasData(json)) {
                throw new Refused(400, "Record " + count + " is no object with data.");
            }
        }
        return count;
    }

    private static boolean hasData(JsonParser json) throws IOException, Refused {
        boolean data = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("data")) {
                data = value == JsonToken.VALUE_STRING;
                if (data && json.getTextLength() > LONGEST_DATA) {
                    throw new Refused(400, "The data of a record has more than " + LONGEST_DATA + " characters.");
                }
            } else {
                json.skipChildren();
            }
        }
        return data;
    }
}
