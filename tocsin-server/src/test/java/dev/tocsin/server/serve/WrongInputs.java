package dev.tocsin.server.serve;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Limits;
import dev.tocsin.server.api.contract.Member;
import dev.tocsin.server.api.contract.Operation;
import dev.tocsin.server.api.contract.Shape;
import dev.tocsin.server.api.contract.Type;
import java.util.ArrayList;
import java.util.List;

/** Inputs made from the contract's table: right ones, and of each member all kinds of wrong ones. */
final class WrongInputs {

    private static final List<String> TEXTS = List.of(
            "abc",
            "111111111111",
            "member@example.org",
            "0123456789abcdef0123456789abcdef",
            "arn:aws:s3:::bucket",
            "arn:aws:guardduty:eu-central-1:111111111111:detector/0123456789abcdef0123456789abcdef");

    /** Longest text that is made; beyond it lies the limit of a body. */
    private static final long MOST_TEXT = 20_000;

    private static final long MOST_ENTRIES = 1_000;
    private static final int DEPTH = 3;

    private final Contract contract;

    /**
     * An input with one fault.
     *
     * @param input all of it, by wire names
     * @param member the one that is wrong
     * @param fault in words
     */
    record Wrong(Doc input, String member, String fault) {}

    private record Value(Object value, String member, String fault) {}

    WrongInputs(Contract contract) {
        this.contract = contract;
    }

    /** What {@code operation} takes at the least. */
    Doc right(Operation operation) {
        return right(operation.input(), DEPTH);
    }

    private Doc right(Shape shape, int depth) {
        Doc doc = new Doc();
        for (Member member : shape.members()) {
            boolean firstOfUnion = shape.isUnion() && doc.isEmpty();
            if (member.required() || firstOfUnion) {
                doc.with(member.wire(), right(member.type(), member.limits(), member.each(), depth));
            }
        }
        return doc;
    }

    private Object right(Type type, Limits limits, Limits each, int depth) {
        return switch (type) {
            case Type.Simple simple ->
                switch (simple) {
                    case STRING -> text(limits);
                    case BOOLEAN -> true;
                    case INTEGER -> Math.max(limits.min() == Long.MIN_VALUE ? 1 : limits.min(), 1);
                    case DOUBLE, TIMESTAMP -> 1L;
                    case DOCUMENT -> new Doc();
                };
            case Type.ListOf list ->
                depth == 0 ? List.of() : List.of(right(list.element(), each, Limits.NONE, depth - 1));
            case Type.MapOf map ->
                depth == 0 ? new Doc() : new Doc().with("key", right(map.value(), Limits.NONE, Limits.NONE, depth - 1));
            case Type.OfShape shape -> right(contract.shape(shape.name()), depth - 1);
        };
    }

    private static String text(Limits limits) {
        if (!limits.values().isEmpty()) {
            return limits.values().getFirst();
        }
        for (String text : TEXTS) {
            boolean fits = limits.holds(text.length())
                    && (limits.pattern() == null
                            || limits.pattern().matcher(text).matches());
            if (fits) {
                return text;
            }
        }
        return "a".repeat((int) Math.max(1, limits.min()));
    }

    /** Each fault that {@code operation}'s table knows, one at a time. */
    List<Wrong> wrong(Operation operation) {
        List<Wrong> all = new ArrayList<>();
        Doc right = right(operation);
        for (Member member : operation.input().members()) {
            if (member.place() == Member.Place.PATH) {
                continue;
            }
            if (member.required()) {
                all.add(new Wrong(copy(right).without(member.wire()), member.wire(), "missing"));
            }
            for (Value wrong : wrong(member, DEPTH)) {
                boolean canBeInQuery = member.type() == Type.Simple.INTEGER
                        || (member.type() == Type.Simple.STRING && wrong.value() instanceof String);
                if (member.place() == Member.Place.BODY || canBeInQuery) {
                    all.add(new Wrong(copy(right).with(member.wire(), wrong.value()), wrong.member(), wrong.fault()));
                }
            }
        }
        return all;
    }

    private List<Value> wrong(Member member, int depth) {
        return wrong(member.wire(), member.type(), member.limits(), member.each(), depth);
    }

    private List<Value> wrong(String name, Type type, Limits limits, Limits each, int depth) {
        List<Value> all = new ArrayList<>();
        switch (type) {
            case Type.Simple simple -> simple(name, simple, limits, all);
            case Type.ListOf list -> {
                all.add(new Value("text", name, "a text for a list"));
                if (limits.max() < MOST_ENTRIES) {
                    Object one = right(list.element(), each, Limits.NONE, depth);
                    List<Object> many = new ArrayList<>();
                    for (long i = 0; i <= limits.max(); i++) {
                        many.add(one);
                    }
                    all.add(new Value(many, name, "too many entries"));
                }
                if (limits.min() > 0) {
                    all.add(new Value(List.of(), name, "too few entries"));
                }
                if (depth > 0) {
                    for (Value value : wrong(name, list.element(), each, Limits.NONE, depth - 1)) {
                        all.add(new Value(List.of(value.value()), value.member(), value.fault() + " in a list"));
                    }
                }
            }
            case Type.MapOf map -> {
                all.add(new Value("text", name, "a text for an object"));
                if (depth > 0) {
                    for (Value value : wrong(name, map.value(), Limits.NONE, Limits.NONE, depth - 1)) {
                        all.add(new Value(
                                new Doc().with("key", value.value()), value.member(), value.fault() + " in a map"));
                    }
                }
            }
            case Type.OfShape shape -> {
                all.add(new Value("text", name, "a text for an object"));
                if (depth > 0) {
                    inner(name, contract.shape(shape.name()), depth, all);
                }
            }
        }
        return all;
    }

    private void inner(String name, Shape shape, int depth, List<Value> all) {
        Doc right = right(shape, depth - 1);
        for (Member member : shape.members()) {
            Doc others = shape.isUnion() ? new Doc() : right;
            if (member.required()) {
                all.add(new Value(copy(right).without(member.wire()), member.wire(), "missing in " + name));
            }
            for (Value value : wrong(member, depth - 1)) {
                all.add(new Value(
                        copy(others).with(member.wire(), value.value()),
                        value.member(),
                        value.fault() + " in " + name));
            }
        }
    }

    private static void simple(String name, Type.Simple type, Limits limits, List<Value> all) {
        switch (type) {
            case STRING -> {
                all.add(new Value(42L, name, "a number for a text"));
                all.add(new Value(List.of("a"), name, "a list for a text"));
                if (!limits.values().isEmpty()) {
                    all.add(new Value("NO_SUCH_VALUE", name, "an unknown value"));
                } else if (limits.max() < MOST_TEXT) {
                    all.add(new Value("a".repeat((int) limits.max() + 1), name, "too long"));
                }
                if (limits.values().isEmpty() && limits.min() > 0) {
                    all.add(new Value("", name, "empty"));
                }
                if (limits.pattern() != null
                        && !limits.pattern().matcher("\u0001 x").matches()) {
                    all.add(new Value("\u0001 x", name, "of another form"));
                }
            }
            case BOOLEAN -> all.add(new Value("yes", name, "a text for true or false"));
            case INTEGER -> {
                all.add(new Value("many", name, "a text for a number"));
                all.add(new Value(1.5, name, "a fraction"));
                if (limits.max() != Long.MAX_VALUE) {
                    all.add(new Value(limits.max() + 1, name, "too large"));
                }
                if (limits.min() != Long.MIN_VALUE) {
                    all.add(new Value(limits.min() - 1, name, "too small"));
                }
            }
            case DOUBLE, TIMESTAMP -> all.add(new Value("much", name, "a text for a number"));
            case DOCUMENT -> {} // anything is right
        }
    }

    private static Doc copy(Doc doc) {
        return new Doc().withAll(doc);
    }
}
