package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import java.util.List;

/** What the flow types of instances and their twins for functions have in common. */
final class FlowTypes {

    /** GuardDuty's High in examples (finding-types: band 7.0 to 8.9). */
    static final double HIGH = 8;

    /** GuardDuty's Medium in examples (band 4.0 to 6.9). */
    static final double MEDIUM = 5;

    /** GuardDuty's Low in examples. */
    static final double LOW = 2;

    private FlowTypes() {}

    /** Starts a type about an instance, read from flow logs. */
    static FindingType.Builder instance(String name, Role role, double severity) {
        return FindingType.named(name)
                .about(DataSource.FLOW, ResourceKind.INSTANCE, role)
                .severity(severity);
    }

    /** The type that says the same of a Lambda function: {@code EC2} becomes {@code Lambda} in its name. */
    static FindingType onLambda(FindingType type) {
        return FindingType.named(type.name().replace(":EC2/", ":Lambda/"))
                .feature(Feature.LAMBDA_NETWORK_LOGS)
                .about(DataSource.LAMBDA_NETWORK, ResourceKind.LAMBDA, Role.ACTOR)
                .severity(type.severity())
                .texts(forFunction(type.title()), forFunction(type.description()))
                .firesWhen("the network interface of a Lambda function in a VPC shows this: " + type.firesWhen())
                .doesNotSee(
                        "functions that use no VPC networking: AWS gives the log of their network to no customer (a source with"
                                + " log: lambda would be read); Lambda@Edge; inbound connections, which a function cannot accept; "
                                + type.doesNotSee())
                .nextSteps("Find the functions that share this interface (same subnets and security groups), compare"
                        + " their code and dependencies with what was deployed, and look at what their role could"
                        + " reach. If it is not expected, set reserved concurrency to 0 and rotate the secrets the"
                        + " function holds.")
                .technique(String.valueOf(type.technique()))
                .needs(type.needs().toArray(new String[0]))
                .thresholds(type)
                .version(type.version())
                .build();
    }

    private static String forFunction(String text) {
        return text.replace("EC2 instance", "Lambda function").replace("instance", "function");
    }

    /** The entries of {@code category} that fire against the peer; the operator's own lists speak by {@code .Custom} alone. */
    static List<Listed> of(Conversation conversation, String category) {
        if (conversation.threats().isEmpty()) {
            return List.of();
        }
        return conversation.threats().stream()
                .filter(entry -> !entry.own() && entry.category().equals(category))
                .toList();
    }
}
