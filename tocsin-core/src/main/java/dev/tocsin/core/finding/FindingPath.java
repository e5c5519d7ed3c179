package dev.tocsin.core.finding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attribute of findings as criteria name it: member names, one a level, joined by dots. */
public final class FindingPath {

    private final String name;
    private final List<String> members;

    private FindingPath(String name, List<String> members) {
        this.name = name;
        this.members = members;
    }

    /**
     * A value of an attribute.
     *
     * @param text as criteria are compared with it; a number without needless zeros
     * @param number the value, if it is one
     */
    public record Value(String text, @Nullable Double number) {}

    /** The attribute called {@code name}. */
    public static FindingPath of(String name) {
        // The user guide writes one member otherwise than the API.
        return new FindingPath(
                name, List.of(name.replace("outpostARN", "outpostArn").split("\\.")));
    }

    /** As criteria write it. */
    public String name() {
        return name;
    }

    /** Its values in {@code document}; of lists, those of all elements. */
    public Set<Value> values(Doc document) {
        Set<Value> values = new LinkedHashSet<>();
        collect(document, 0, values);
        return values;
    }

    private void collect(@Nullable Object value, int at, Set<Value> values) {
        boolean end = at == members.size();
        if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, at, values));
        } else if (value instanceof Doc doc) {
            if (!end) {
                collect(doc.get(members.get(at)), at + 1, values);
            }
        } else if (end && value instanceof Number number) {
            values.add(new Value(canonical(number.doubleValue()), number.doubleValue()));
        } else if (end && value != null) {
            values.add(new Value(String.valueOf(value), null));
        }
    }

    /** A number as text, the same for 8, 8.0 and "8.0": clients ask for numbers as text. */
    public static String canonical(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
