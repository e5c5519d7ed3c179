package dev.tocsin.core.intel;

/** Whether a matching entry makes a finding, and if not, why; in falling order of weight. */
public enum Verdict {
    /** It makes a finding. */
    FIRES("fires"),
    /** Last seen too long before the event. */
    OLD("last seen too long before the event"),
    /** A bare address that no one dated. */
    UNDATED("an address without port and without a last-seen time"),
    /** Popular, or in shared ranges. */
    CAUTION("popular or in shared ranges: evidence only"),
    /** The category explains and does not accuse. */
    CONTEXT("its category is context only"),
    /** Listed with another port. */
    OTHER_PORT("listed with another port"),
    /** The operator trusts it. */
    TRUSTED("on a trusted list");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** The reason in words. */
    public String text() {
        return text;
    }
}
