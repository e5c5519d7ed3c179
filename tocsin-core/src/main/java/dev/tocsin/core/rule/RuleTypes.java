package dev.tocsin.core.rule;

import dev.tocsin.core.finding.FindingType;

/** Makes the finding types of rules. */
final class RuleTypes {

    private RuleTypes() {}

    /**
     * A type of GuardDuty's library.
     *
     * @param name {@code Tactic:Service/Technique}
     * @param severity of its gravest rule
     * @param technique MITRE ATT&amp;CK's id
     */
    static FindingType library(String name, Severity severity, String technique) {
        return FindingType.named(name)
                .feature(FindingType.Feature.CUSTOM_DETECTION_RULES)
                .about(
                        FindingType.DataSource.CLOUDTRAIL,
                        FindingType.ResourceKind.ATTACK_SEQUENCE,
                        FindingType.Role.TARGET)
                .severity(severity.level())
                .texts("{user} matched a detection rule: {what}.", "{user} called {api}: {what}. {why}")
                .firesWhen("a call matches one of its rules that is associated; docs/rules.md lists them.")
                .doesNotSee("calls that failed, unless the rule says so; what CloudTrail redacts, such as passwords;"
                        + " anything while none of its rules is on.")
                .nextSteps("Ask the caller's owner whether this was planned. If not, end the sessions, replace the"
                        + " keys, undo the change and look at what else these credentials did.")
                .technique(technique)
                .build();
    }

    /**
     * A type of our own.
     *
     * @param title one line of text, in which {@code {what}} is what happened
     * @param firesWhen its trigger
     * @param doesNotSee its blind spots
     * @param nextSteps what to do now
     */
    static FindingType own(
            String name,
            Severity severity,
            String technique,
            String title,
            String firesWhen,
            String doesNotSee,
            String nextSteps) {
        return FindingType.named(name)
                .feature(FindingType.Feature.TOCSIN)
                .severity(severity.level())
                .texts(title, "{user} called {api}: {what}. {why} GuardDuty has no such type: it is Tocsin's own.")
                .firesWhen(firesWhen)
                .doesNotSee(doesNotSee)
                .nextSteps(nextSteps)
                .technique(technique)
                .build();
    }
}
