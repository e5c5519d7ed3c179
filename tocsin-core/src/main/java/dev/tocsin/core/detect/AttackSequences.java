package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import java.util.List;

/** {@code AttackSequence:*}: several signals of one hand within a day, judged together (behaviour.md F84 to F88). */
public final class AttackSequences implements DeskDetector {

    /** Critical, as GuardDuty's examples have it. */
    static final int CRITICAL = 9;

    private static final String LEFT_OUT =
            "one tactic alone; unusual calls from the identity's own network and tool without a clue beside them;"
                    + " findings that were suppressed, and what an authorized scanner does; what lies more than 24 hours apart.";

    /** Credentials that somebody else uses. */
    public static final FindingType CREDENTIALS = FindingType.named("AttackSequence:IAM/CompromisedCredentials")
            .about(DataSource.CORRELATION, ResourceKind.ATTACK_SEQUENCE, Role.TARGET)
            .severity(CRITICAL)
            .texts("Potential credential compromise of {actor} indicated by a sequence of actions.", "{story}")
            .firesWhen(
                    "calls of at least two tactics that are unusual for an identity, or for what it made, and findings"
                            + " about it add up within 24 hours to more evidence than a day of its own would make, and"
                            + " something points outside: a new network or tool, a listed address, an attacker's system,"
                            + " a theft.")
            .doesNotSee(LEFT_OUT)
            .nextSteps(
                    "End the identity's sessions and deactivate its keys now. Undo what the sequence made, from its first"
                            + " signal on: users, keys, roles, policies, stopped logs. Then look for how the credentials"
                            + " were lost.")
            .technique("T1078.004")
            .build();

    /** Data in buckets that somebody takes, destroys or lays open with such credentials. */
    public static final FindingType DATA = FindingType.named("AttackSequence:S3/CompromisedData")
            .about(DataSource.CORRELATION, ResourceKind.ATTACK_SEQUENCE, Role.TARGET)
            .severity(CRITICAL)
            .texts(
                    "Potential data compromise of one or more S3 buckets indicated by a sequence of actions of {actor}.",
                    "{story}")
            .firesWhen(
                    "a sequence as of AttackSequence:IAM/CompromisedCredentials changes, opens, copies, empties or deletes"
                            + " buckets, or a finding about the use of their objects is part of it.")
            .doesNotSee(LEFT_OUT)
            .nextSteps(
                    "End the identity's sessions and deactivate its keys now. Restore the buckets' policies, public access"
                            + " blocks, versions and replication; find out from data events what was read or deleted.")
            .technique("T1530")
            .build();

    /** Instances that somebody else controls. */
    public static final FindingType HOSTS = FindingType.named("AttackSequence:EC2/CompromisedInstanceGroup")
            .about(DataSource.CORRELATION, ResourceKind.ATTACK_SEQUENCE, Role.TARGET)
            .severity(CRITICAL)
            .texts("Potential compromise of {actor} indicated by a sequence of actions.", "{story}")
            .firesWhen(
                    "findings of at least two tactics about one instance, or about instances of one auto-scaling or node"
                            + " group, add up within 24 hours, and one of them is strong by itself: a listed server or"
                            + " domain, mining, generated names, a tunnel.")
            .doesNotSee(
                    "what others do to an instance; several findings of one kind on many members; scans alone; what lies"
                            + " more than 24 hours apart.")
            .nextSteps(
                    "Isolate the instances, keep their disks and memory, and replace them from an image that is known to be"
                            + " good. Look at the group's role: end its sessions.")
            .technique("T1496")
            .build();

    /** The type called {@code name}. */
    public static FindingType of(String name) {
        return name.equals(DATA.name()) ? DATA : name.equals(HOSTS.name()) ? HOSTS : CREDENTIALS;
    }

    @Override
    public List<FindingType> types() {
        return List.of(CREDENTIALS, DATA, HOSTS);
    }
}
