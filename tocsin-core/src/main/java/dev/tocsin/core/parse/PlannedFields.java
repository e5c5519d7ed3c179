package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.FieldPath;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the planned fields out of a record; of a member that stands twice the last counts. */
final class PlannedFields {

    private final IdentityHashMap<List<FieldPath>, String[][]> compiled = new IdentityHashMap<>();

    /** The fields' values by number. */
    @Nullable
    String[] read(byte[] bytes, int from, int to, List<FieldPath> plan) throws IOException {
        String[][] paths = compiled.computeIfAbsent(plan, PlannedFields::split);
        @Nullable String[] values = new String[paths.length];
        try (JsonParser json = Json.parser(bytes, from, to)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                members(json, paths, values, 0, (1L << Math.min(paths.length, 63)) - 1);
            }
        }
        return values;
    }

    private static String[][] split(List<FieldPath> plan) {
        return plan.stream().map(path -> path.text().split("\\.", -1)).toArray(String[][]::new);
    }

    private static void members(JsonParser json, String[][] paths, @Nullable String[] values, int depth, long open)
            throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            long here = 0;
            long below = 0;
            for (long rest = open; rest != 0; rest &= rest - 1) {
                int number = Long.numberOfTrailingZeros(rest);
                String[] path = paths[number];
                if (path[depth].equals(name)) {
                    if (path.length == depth + 1) {
                        here |= 1L << number;
                    } else {
                        below |= 1L << number;
                    }
                }
            }
            value(json, token, paths, values, depth, here, below);
        }
    }

    private static void value(
            JsonParser json,
            JsonToken token,
            String[][] paths,
            @Nullable String[] values,
            int depth,
            long here,
            long below)
            throws IOException {
        clear(values, below);
        if (here != 0) {
            String text = Json.text(json);
            for (long rest = here; rest != 0; rest &= rest - 1) {
                values[Long.numberOfTrailingZeros(rest)] = text;
            }
            nested(text, paths, values, depth, below);
        } else if (below != 0 && token == JsonToken.START_OBJECT) {
            members(json, paths, values, depth + 1, below);
        } else {
            json.skipChildren();
        }
    }

    /** Fields below a field that is taken whole as well. */
    private static void nested(
            @Nullable String text, String[][] paths, @Nullable String[] values, int depth, long below)
            throws IOException {
        if (below == 0 || text == null || !text.startsWith("{")) {
            return;
        }
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (JsonParser json = Json.parser(bytes, 0, bytes.length)) {
            json.nextToken();
            members(json, paths, values, depth + 1, below);
        }
    }

    private static void clear(@Nullable String[] values, long numbers) {
        for (long rest = numbers; rest != 0; rest &= rest - 1) {
            values[Long.numberOfTrailingZeros(rest)] = null;
        }
    }
}
