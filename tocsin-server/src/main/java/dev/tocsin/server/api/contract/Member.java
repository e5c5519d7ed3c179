package dev.tocsin.server.api.contract;

/**
 * A member of a shape.
 *
 * @param name its name in the model: {@code DetectorId}
 * @param wire its name in JSON, in the path's braces or in the query: {@code detectorId}
 * @param place where a request carries it
 * @param limits of the value itself
 * @param each of the elements, where it is a list
 */
public record Member(String name, String wire, Type type, Place place, boolean required, Limits limits, Limits each) {

    /** Where a request carries a member. */
    public enum Place {
        BODY,
        PATH,
        QUERY
    }
}
