package dev.tocsin.core.identity;

/** What of a call is held against habit. */
public enum Feature {
    /** The API: source and name. */
    API(0),
    /** The network it came from. */
    NETWORK(1),
    /** The family of the tool. */
    AGENT(2),
    /** The Region asked. */
    REGION(3);

    private final int number;

    Feature(int number) {
        this.number = number;
    }

    /** The feature of that {@link #number}. */
    static Feature of(int number) {
        return switch (number) {
            case 0 -> API;
            case 1 -> NETWORK;
            case 2 -> AGENT;
            default -> REGION;
        };
    }

    /** Its number in state entries, which never changes; 0 to 3. */
    int number() {
        return number;
    }
}
