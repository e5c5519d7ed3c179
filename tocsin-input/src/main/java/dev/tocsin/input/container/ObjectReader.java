package dev.tocsin.input.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Reads one object, whatever it is packed in, and says what became of it. */
public final class ObjectReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int GZIP_MAGIC = 0x1F8B;

    private ObjectReader() {}

    /**
     * Reads {@code raw} to its end; bad content is reported, never thrown.
     *
     * @throws IOException if {@code raw} itself cannot be read
     */
    public static ObjectReport read(InputStream raw, String name, ParseContext context, RecordSink sink)
            throws IOException {
        Tally tally = new Tally(sink);
        InputStream in = unpacked(new BufferedInputStream(raw));
        try (JsonParser json = JSON.createParser(in)) {
            documents(json, new ApiCallReader(context, tally));
        } catch (IOException e) {
            tally.reject(tally.accepted(), "cannot be read further: " + e.getMessage());
        }
        return tally.report(ObjectReport.Kind.CLOUDTRAIL);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(in) : in;
    }

    private static void documents(JsonParser json, ApiCallReader records) throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("Records") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        records.read(json);
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
    }
}
