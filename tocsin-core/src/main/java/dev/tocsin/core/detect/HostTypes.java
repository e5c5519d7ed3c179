package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;

/** What the types of Runtime Monitoring have in common. */
final class HostTypes {

    /** GuardDuty's High in examples (finding-types: band 7.0 to 8.9). */
    static final double HIGH = 8;

    /** GuardDuty's Medium in examples (band 4.0 to 6.9). */
    static final double MEDIUM = 5;

    /** GuardDuty's Low in examples. */
    static final double LOW = 2;

    /** What every type says of a process's lineage, where it counts. */
    static final String SUSPICIOUS = "the process descends from a program that serves the network, from a shell on a"
            + " connection that was opened outwards, from a program of memory alone, from a download of a dubious source"
            + " or from an attacker's tool";

    private HostTypes() {}

    /** Starts a type that is read from events of hosts. */
    static FindingType.Builder named(String name, double severity) {
        return FindingType.named(name)
                .feature(Feature.RUNTIME_MONITORING)
                .about(DataSource.RUNTIME, ResourceKind.INSTANCE, Role.TARGET)
                .severity(severity);
    }

    /** The type that says of a process what {@code type} says of an instance: {@code EC2} becomes {@code Runtime}. */
    static FindingType of(FindingType type) {
        return named(type.name().replace(":EC2/", ":Runtime/"), type.severity())
                .texts(forProcess(type.title()), "Process {process} on {host}: " + forProcess(type.description()))
                .firesWhen("an event of a host shows this of a process: " + type.firesWhen())
                .doesNotSee("what the tool on the host does not tell (docs/runtime.md); " + type.doesNotSee())
                .nextSteps("runtimeDetails names the process and what started it: see what its file is and how it came"
                        + " there, and what else it touched. " + type.nextSteps())
                .technique(String.valueOf(type.technique()))
                .needs(type.needs().toArray(new String[0]))
                .thresholds(type)
                .version(type.version())
                .build();
    }

    private static String forProcess(String text) {
        return text.replace("EC2 instance {host}", "{host}");
    }
}
