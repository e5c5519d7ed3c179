package dev.tocsin.server.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tocsin.core.finding.Doc;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;

/** The pages of JSON of one fetch, whose sum is bounded whatever the server sends. */
final class FeedPages {

    /** Pages of one fetch. Ours: with a thousand entries each, more than any list that is used. */
    static final int MOST_PAGES = 5_000;

    private static final int OK = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 10)
                    .build())
            .build();

    private long bytesLeft;
    private int pages;

    /** Of {@code mostBytes} in all. */
    FeedPages(long mostBytes) {
        this.bytesLeft = mostBytes;
    }

    /**
     * The object that {@code response} holds.
     *
     * @throws IOException if it is none, or the server refused, or too much has come; the message is for people
     */
    Doc read(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = bounded(response.body())) {
            if (response.statusCode() != OK) {
                throw new IOException("the server answered " + response.statusCode() + hint(response.statusCode()));
            }
            if (++pages > MOST_PAGES) {
                throw new IOException("more than " + MOST_PAGES + " pages");
            }
            try (JsonParser json = JSON.createParser(body)) {
                json.nextToken();
                return Doc.read(json);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new IOException("what the server sent is no JSON object: " + why, e);
        }
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> ": the key or password is missing or wrong";
            case 404 -> ": there is nothing at this address";
            case 429 -> ": it is asked too often";
            default -> "";
        };
    }

    private InputStream bounded(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                count(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int got = super.read(into, from, length);
                count(Math.max(0, got));
                return got;
            }
        };
    }

    private void count(int bytes) throws IOException {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new IOException("it is larger than is taken of a list");
        }
    }

    /** The objects of the list {@code name}; whatever else stands there is left out. */
    static List<Doc> objects(Doc page, String name) {
        return page.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }
}
