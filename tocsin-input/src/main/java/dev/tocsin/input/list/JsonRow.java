package dev.tocsin.input.list;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a JSON text: its plain members, and those of the objects around it that came before. */
final class JsonRow {

    private final List<Map<String, String>> around;
    private final long line;

    /** {@code around} is innermost last. */
    JsonRow(List<Map<String, String>> around, long line) {
        this.around = around;
        this.line = line;
    }

    /** The member as text; of an array of plain values, these with commas between; null if absent. */
    @Nullable
    String get(String name) {
        return Details.text(around.getLast().get(name));
    }

    /** Whether the member is there and not null. */
    boolean has(String name) {
        return around.getLast().containsKey(name);
    }

    /** The member of the closest object around this one that has it, or null. */
    @Nullable
    String outer(String name) {
        for (int i = around.size() - 2; i >= 0; i--) {
            String value = Details.text(around.get(i).get(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The line it ends on. */
    long line() {
        return line;
    }
}
