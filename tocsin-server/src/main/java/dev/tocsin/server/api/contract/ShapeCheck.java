package dev.tocsin.server.api.contract;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a JSON value with a shape of the contract. */
public final class ShapeCheck {

    /**
     * What is wrong with a value.
     *
     * @param member its path in wire names: {@code findingCriteria.criterion.severity.gte}
     * @param kind of the fault
     * @param expected in words, to stand after "expected"
     */
    public record Problem(String member, Kind kind, String expected) {}

    /** Kinds of fault. */
    public enum Kind {
        MISSING,
        WRONG_TYPE,
        OUT_OF_LIMITS,
        UNKNOWN
    }

    private final Contract contract;
    private final boolean unknownIsProblem;
    private final List<Problem> problems = new ArrayList<>();

    private ShapeCheck(Contract contract, boolean unknownIsProblem) {
        this.contract = contract;
        this.unknownIsProblem = unknownIsProblem;
    }

    /**
     * What is wrong with {@code value} as a {@code shape}, in the order of the shape's members.
     *
     * @param unknownIsProblem false for requests: newer clients may send what the table does not know
     */
    public static List<Problem> problems(Contract contract, Doc value, Shape shape, boolean unknownIsProblem) {
        ShapeCheck check = new ShapeCheck(contract, unknownIsProblem);
        check.shape("", value, shape);
        return List.copyOf(check.problems);
    }

    private void shape(String path, Doc value, Shape shape) {
        for (Member member : shape.members()) {
            Object part = value.get(member.wire());
            String here = join(path, member.wire());
            if (part == null) {
                if (member.required()) {
                    add(here, Kind.MISSING, "a value");
                }
            } else {
                value(here, part, member.type(), member.limits(), member.each());
            }
        }
        if (unknownIsProblem) {
            value.members().keySet().stream()
                    .filter(name -> shape.member(name) == null)
                    .forEach(name -> add(join(path, name), Kind.UNKNOWN, "no such member of " + shape.name()));
        }
        if (shape.isUnion() && value.members().size() != 1) {
            add(path, Kind.WRONG_TYPE, "exactly one member");
        }
    }

    private void value(String path, Object value, Type type, Limits limits, @Nullable Limits each) {
        switch (type) {
            case Type.Simple simple -> simple(path, value, simple, limits);
            case Type.ListOf list -> {
                if (!(value instanceof List<?> elements)) {
                    add(path, Kind.WRONG_TYPE, "a list");
                    return;
                }
                size(path, elements.size(), limits, " entries");
                for (int i = 0; i < elements.size(); i++) {
                    value(
                            path + "[" + i + "]",
                            elements.get(i),
                            list.element(),
                            each == null ? Limits.NONE : each,
                            null);
                }
            }
            case Type.MapOf map -> {
                if (!(value instanceof Doc entries)) {
                    add(path, Kind.WRONG_TYPE, "an object");
                    return;
                }
                size(path, entries.members().size(), limits, " entries");
                for (Map.Entry<String, Object> entry : entries.members().entrySet()) {
                    value(join(path, entry.getKey()), entry.getValue(), map.value(), Limits.NONE, null);
                }
            }
            case Type.OfShape shape -> {
                if (value instanceof Doc doc) {
                    shape(path, doc, contract.shape(shape.name()));
                } else {
                    add(path, Kind.WRONG_TYPE, "an object");
                }
            }
        }
    }

    private void simple(String path, Object value, Type.Simple type, Limits limits) {
        switch (type) {
            case STRING -> {
                if (value instanceof String text) {
                    text(path, text, limits);
                } else {
                    add(path, Kind.WRONG_TYPE, "a text");
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof Boolean)) {
                    add(path, Kind.WRONG_TYPE, "true or false");
                }
            }
            case INTEGER -> {
                if (value instanceof Long number) {
                    size(path, number, limits, "");
                } else {
                    add(path, Kind.WRONG_TYPE, "a whole number");
                }
            }
            case DOUBLE, TIMESTAMP -> {
                if (!(value instanceof Number)) {
                    add(path, Kind.WRONG_TYPE, "a number");
                }
            }
            case DOCUMENT -> {} // anything
        }
    }

    private void text(String path, String text, Limits limits) {
        if (!limits.values().isEmpty()) {
            if (!limits.values().contains(text)) {
                add(path, Kind.OUT_OF_LIMITS, limits.inWords(""));
            }
            return;
        }
        size(path, text.length(), limits, " characters");
        if (limits.pattern() != null && !limits.pattern().matcher(text).matches()) {
            add(path, Kind.OUT_OF_LIMITS, "a text like " + limits.pattern().pattern());
        }
    }

    private void size(String path, long size, Limits limits, String unit) {
        if (!limits.holds(size)) {
            add(path, Kind.OUT_OF_LIMITS, limits.inWords(unit));
        }
    }

    private void add(String path, Kind kind, String expected) {
        problems.add(new Problem(path, kind, expected));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
