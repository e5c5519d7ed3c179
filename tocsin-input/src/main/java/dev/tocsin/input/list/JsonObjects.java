package dev.tocsin.input.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Walks over a JSON text of any shape and hands on each object at its end; memory is bounded whatever the text. */
final class JsonObjects {

    /** Plain members kept of one object. Ours: feeds have up to forty. */
    private static final int MOST_MEMBERS = 100;

    /** Characters kept of one member. Ours: patterns of STIX are long. */
    private static final int LONGEST_VALUE = 16 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(1024 * 1024)
                    .maxNameLength(4096)
                    .build())
            .build();

    private final List<Map<String, String>> open = new ArrayList<>();
    private final Consumer<JsonRow> each;
    private final JsonParser json;

    private JsonObjects(JsonParser json, Consumer<JsonRow> each) {
        this.json = json;
        this.each = each;
    }

    /** Hands each object of {@code source} to {@code each}; where the text breaks, the rest is rejected. */
    static void read(ListSource source, Collector out, Consumer<JsonRow> each) throws IOException {
        try (JsonParser json = JSON.createParser(source.reader())) {
            try {
                new JsonObjects(json, each).walk();
            } catch (JsonProcessingException e) {
                out.reject(json.currentLocation().getLineNr(), "broken JSON: " + e.getOriginalMessage(), "");
            }
        }
    }

    private void walk() throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                open.add(new LinkedHashMap<>());
            } else if (token == JsonToken.END_OBJECT) {
                each.accept(new JsonRow(open, json.currentTokenLocation().getLineNr()));
                open.removeLast();
            } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL && !open.isEmpty()) {
                keep();
            }
        }
    }

    private void keep() throws IOException {
        var parent = json.getParsingContext();
        String name = parent.inArray() ? parent.getParent().getCurrentName() : parent.getCurrentName();
        Map<String, String> members = open.getLast();
        if (name == null || (members.size() >= MOST_MEMBERS && !members.containsKey(name))) {
            return;
        }
        String value = json.getText();
        String old = members.get(name);
        String all = old == null || !parent.inArray() ? value : old + "," + value;
        if (all.length() <= LONGEST_VALUE) {
            members.put(name, all);
        }
    }
}
