package dev.tocsin.core.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a flow log in their order, as its header or a setting names them. */
final class FlowFormat {

    /** The default format, which alone may come without a header. */
    static final FlowFormat DEFAULT =
            FlowFormat.of("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start"
                    + " end action log-status");

    /** Most columns a header may have; the documented fields are about fifty. */
    private static final int MAX_COLUMNS = 200;

    private final FlowField[] columns;
    private final boolean[] used;
    private final boolean transitGateway;
    private final boolean instanceKnown;

    private FlowFormat(List<FlowField> fields) {
        columns = fields.toArray(new FlowField[0]);
        used = new boolean[columns.length];
        for (int i = 0; i < used.length; i++) {
            used[i] = columns[i] != FlowField.OTHER && columns[i] != FlowField.TYPE;
        }
        transitGateway = fields.contains(FlowField.TRANSIT_GATEWAY);
        instanceKnown = fields.contains(FlowField.INSTANCE);
    }

    /** The format that {@code names}, divided by blanks or commas, describe. */
    static FlowFormat of(String names) {
        return of(List.of(names.strip().split("[\\s,]+")));
    }

    /** The format with these columns. */
    static FlowFormat of(List<String> names) {
        List<FlowField> fields = new ArrayList<>();
        for (String name : names) {
            FlowField field = FlowField.called(name);
            fields.add(field == null ? FlowField.OTHER : field);
        }
        return new FlowFormat(Collections.unmodifiableList(fields));
    }

    /** The format of a header line, or null if {@code bytes[from, to)} is none: its first word must be a field's name. */
    static @Nullable FlowFormat header(byte[] bytes, int from, int to) {
        if (!maybeName(bytes[from])) {
            return null;
        }
        int end = from;
        while (end < to && bytes[end] > ' ') {
            end++;
        }
        if (end - from > 40 || FlowField.called(text(bytes, from, end)) == null) {
            return null;
        }
        List<String> names = List.of(text(bytes, from, to).strip().split("[ \\t]+", MAX_COLUMNS));
        return of(names);
    }

    private static boolean maybeName(byte first) {
        return (first >= 'a' && first <= 'z') || first == '$';
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** How many columns it has. */
    int size() {
        return columns.length;
    }

    /** The field in column {@code index}. */
    FlowField column(int index) {
        return columns[index];
    }

    /** Whether the value of column {@code index} is used at all. */
    boolean reads(int index) {
        return index < columns.length && used[index];
    }

    /** Whether it is a transit gateway's log. */
    boolean transitGateway() {
        return transitGateway;
    }

    /** Whether it says whose instance an interface is. */
    boolean instanceKnown() {
        return instanceKnown;
    }
}
