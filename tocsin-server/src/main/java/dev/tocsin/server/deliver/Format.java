package dev.tocsin.server.deliver;

import java.util.Arrays;
import java.util.List;

/** How a finding is written for a destination. */
public enum Format {
    /** GuardDuty's finding as EventBridge and exports carry it. */
    GUARDDUTY("guardduty"),
    /** GuardDuty's finding as GetFindings answers it. */
    GUARDDUTY_API("guardduty-api"),
    /** An event of Amazon EventBridge. */
    EVENTBRIDGE("eventbridge");

    private final String wire;

    Format(String wire) {
        this.wire = wire;
    }

    /** As users write it. */
    public String wire() {
        return wire;
    }

    /** Whether people read it, who cannot read very many. */
    boolean isForPeople() {
        return false;
    }

    /** As users write all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Format::wire).toList();
    }
}
