package dev.tocsin.server.api.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table of GuardDuty's API, as {@code tools/guardduty-contract.mjs} made it. Immutable. */
public final class Contract {

    private static final Shape EMPTY = new Shape("Unit", false, List.of());
    private static final Contract INSTANCE = new Contract(read());

    private final String source;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Integer> errors = new LinkedHashMap<>();

    private Contract(Doc table) {
        this.source = String.valueOf(table.text("source"));
        table.part("shapes").members().forEach((name, shape) -> shapes.put(name, shape(name, (Doc) shape)));
        table.part("operations")
                .members()
                .forEach((name, operation) -> operations.put(name, operation(name, (Doc) operation)));
        table.part("errors").members().forEach((name, status) -> errors.put(name, ((Long) status).intValue()));
    }

    /** The one table of this build. */
    public static Contract get() {
        return INSTANCE;
    }

    /** The client and version that it was made from. */
    public String source() {
        return source;
    }

    /** By name, in alphabetical order. */
    public Map<String, Operation> operations() {
        return Map.copyOf(operations);
    }

    /** By name. */
    public Map<String, Shape> shapes() {
        return Map.copyOf(shapes);
    }

    /** The shape called {@code name}. */
    public Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no shape " + name + " in " + source);
        }
        return shape;
    }

    /** HTTP status by error class. */
    public Map<String, Integer> errors() {
        return Map.copyOf(errors);
    }

    private Operation operation(String name, Doc operation) {
        return new Operation(
                name,
                required(operation, "method"),
                required(operation, "uri"),
                (int) operation.number("status", 200),
                shapeOrEmpty(operation.text("input")),
                shapeOrEmpty(operation.text("output")));
    }

    private Shape shapeOrEmpty(@Nullable String name) {
        return name == null ? EMPTY : shape(name);
    }

    private static Shape shape(String name, Doc shape) {
        List<Member> members = shape.get("members") instanceof List<?> list
                ? list.stream().map(member -> member((Doc) member)).toList()
                : List.of();
        return new Shape(name, Boolean.TRUE.equals(shape.get("union")), members);
    }

    private static Member member(Doc member) {
        String place = member.text("in");
        return new Member(
                required(member, "name"),
                required(member, "wire"),
                Type.parse(required(member, "type")),
                place == null ? Member.Place.BODY : Member.Place.valueOf(place.toUpperCase(Locale.ROOT)),
                Boolean.TRUE.equals(member.get("required")),
                limits(member),
                limits(member.part("each")));
    }

    private static Limits limits(Doc limits) {
        String pattern = limits.text("pattern");
        return new Limits(
                limits.number("min", Long.MIN_VALUE),
                limits.number("max", Long.MAX_VALUE),
                pattern == null ? null : Pattern.compile(pattern),
                limits.get("enum") instanceof List<?> values
                        ? values.stream().map(String::valueOf).toList()
                        : List.of());
    }

    private static String required(Doc doc, String name) {
        String text = doc.text(name);
        if (text == null) {
            throw new IllegalStateException("the contract has an entry without " + name + ": " + doc);
        }
        return text;
    }

    private static Doc read() {
        try (InputStream in = Contract.class.getResourceAsStream("guardduty.json");
                JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            return Doc.read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("the contract cannot be read", e);
        }
    }
}
