package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * A field of a CloudTrail record below the envelope, as dotted member names, such as {@code
 * requestParameters.bucketName}. Detectors declare the paths they read; the parser takes those and skips the rest.
 *
 * @param text the path
 */
public record FieldPath(String text) {

    /** The path {@code text}. */
    public static FieldPath of(String text) {
        return new FieldPath(text);
    }

    /** Whether it is the same path; by hand, as it is asked for many times a record. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof FieldPath path && text.equals(path.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
