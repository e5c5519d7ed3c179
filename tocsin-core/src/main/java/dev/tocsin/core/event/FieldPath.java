package dev.tocsin.core.event;

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
}
