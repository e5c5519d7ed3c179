package dev.tocsin.core.identity;

import java.util.List;

/** What of a call is held against habit, or said of its account. */
public enum Feature {
    /** The API: source and name. */
    API(0, "APIs"),
    /** The network it came from. */
    NETWORK(1, "ASNs"),
    /** The family of the tool. */
    AGENT(2, "UserAgents"),
    /** The Region asked. */
    REGION(3, "Regions"),
    /** The bucket asked, of calls about one. */
    BUCKET(4, "Buckets"),
    /** The kind of identity; known of the account, not of each identity. */
    USER_TYPE(5, "UserTypes"),
    /** The identity's name; known of the account, not of each identity. */
    USER_NAME(6, "UserNames");

    /** What every call has and an identity is judged by. */
    public static final List<Feature> OF_CALLS = List.of(API, NETWORK, AGENT, REGION);

    /** What calls about buckets have and an identity is judged by. */
    public static final List<Feature> OF_BUCKETS = List.of(API, NETWORK, AGENT, BUCKET);

    private final int number;
    private final String plural;

    Feature(int number, String plural) {
        this.number = number;
        this.plural = plural;
    }

    /** The feature of that {@link #number}. */
    static Feature of(int number) {
        for (Feature feature : values()) {
            if (feature.number == number) {
                return feature;
            }
        }
        throw new IllegalArgumentException("no feature " + number);
    }

    /** Its number in state entries, which never changes; 0 to 6. */
    int number() {
        return number;
    }

    /** Its values as GuardDuty's members name them, such as {@code UserAgents} (F92); Regions are ours. */
    public String plural() {
        return plural;
    }
}
