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
    EVENTBRIDGE("eventbridge"),
    /** A Detection Finding of OCSF. */
    OCSF("ocsf"),
    /** The AWS Security Finding Format. */
    ASFF("asff"),
    /** Lines for people. */
    TEXT("text"),
    /** The same for an incoming webhook of Slack. */
    SLACK("slack"),
    /** The same for a workflow of Microsoft Teams. */
    TEAMS("teams");

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
        return this == TEXT || this == SLACK || this == TEAMS;
    }

    /** As users write all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Format::wire).toList();
    }
}
