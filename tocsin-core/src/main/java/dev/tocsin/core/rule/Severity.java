package dev.tocsin.core.rule;

/** How much a match of a rule weighs, by the words of GuardDuty's API. */
public enum Severity {
    /** Worth knowing. */
    LOW(2),
    /** Worth a look today. */
    MEDIUM(5),
    /** Worth a look now. */
    HIGH(8);

    private final double level;

    Severity(double level) {
        this.level = level;
    }

    /** On the scale of findings, 1.0 to 10.0: the value GuardDuty's own examples have for the word. */
    public double level() {
        return level;
    }
}
