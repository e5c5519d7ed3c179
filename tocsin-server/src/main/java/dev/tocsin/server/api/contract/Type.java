package dev.tocsin.server.api.contract;

import java.util.Arrays;
import java.util.Locale;

/** The kind of a member's value. */
public sealed interface Type {

    /** A value without parts. */
    enum Simple implements Type {
        STRING,
        BOOLEAN,
        INTEGER,
        DOUBLE,
        /** Seconds since 1970 as a number. */
        TIMESTAMP,
        /** Any JSON value. */
        DOCUMENT
    }

    /** A list of {@code element}. */
    record ListOf(Type element) implements Type {}

    /** An object whose names are free and whose values are {@code value}. */
    record MapOf(Type value) implements Type {}

    /** A value of the shape {@code name}. */
    record OfShape(String name) implements Type {}

    /** Reads it as the table writes it: {@code string}, {@code list<Finding>}, {@code Finding}. */
    static Type parse(String text) {
        if (text.startsWith("list<")) {
            return new ListOf(parse(text.substring(5, text.length() - 1)));
        }
        if (text.startsWith("map<")) {
            return new MapOf(parse(text.substring(4, text.length() - 1)));
        }
        return Arrays.stream(Simple.values())
                .filter(simple -> simple.name().toLowerCase(Locale.ROOT).equals(text))
                .<Type>map(simple -> simple)
                .findFirst()
                .orElseGet(() -> new OfShape(text));
    }
}
