package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from an interface's type, description and requester what it belongs to where it is no instance's. */
final class InterfaceOwner {

    private record Rule(String what, Pattern description) {
        static Rule of(String what, String description) {
            return new Rule(what, Pattern.compile(description));
        }
    }

    /** Descriptions that AWS writes; a group, where there is one, is the thing's name. */
    private static final List<Rule> BY_DESCRIPTION = List.of(
            Rule.of("NAT gateway", "Interface for NAT Gateway (\\S+)"),
            Rule.of("load balancer", "ELB (\\S+)"),
            Rule.of("VPC endpoint", "VPC Endpoint (?:Interface )?(\\S+)"),
            Rule.of("transit gateway attachment", "Network Interface for Transit Gateway Attachment (\\S+)"),
            Rule.of("resolver endpoint", "Route 53 Resolver: (rslvr-[a-z]+-[^:]+)"),
            Rule.of("RDS database", "RDSNetworkInterface"),
            Rule.of("ElastiCache node", "ElastiCache (\\S+)"),
            Rule.of("Redshift cluster", "RedshiftNetworkInterface"),
            Rule.of("DAX cluster", "DAX (\\S+)"),
            Rule.of("EFS mount target", "EFS mount target for (\\S+)"),
            Rule.of("EKS control plane", "Amazon EKS (\\S+)"),
            Rule.of("directory", "AWS created network interface for directory (\\S+)"),
            Rule.of("API Gateway VPC link", "API Gateway VPC Link.*"));

    private InterfaceOwner() {}

    /** The owner of the interface with {@code members} if it is no instance's and no function's; null if nobody's. */
    static @Nullable Owner of(Doc members) {
        String description = Objects.requireNonNullElse(members.text("description"), "");
        if (description.startsWith("arn:") && description.contains(":ecs:")) {
            return new Owner.Task(description);
        }
        String id = String.valueOf(members.text("networkInterfaceId"));
        for (Rule rule : BY_DESCRIPTION) {
            Matcher matcher = rule.description().matcher(description);
            if (matcher.lookingAt()) {
                return new Owner.Other(rule.what(), matcher.groupCount() > 0 ? matcher.group(1) : id);
            }
        }
        String type = members.text("interfaceType");
        if (type != null && !isOrdinary(type)) {
            String owner = members.text("ownerId");
            return new Owner.Other(nameOf(type), owner == null ? id : owner);
        }
        return Boolean.TRUE.equals(members.get("requesterManaged"))
                ? new Owner.Other("interface managed by " + members.text("requesterId"), id)
                : null;
    }

    private static String nameOf(String type) {
        String words = type.toLowerCase(Locale.ROOT).replace('_', ' ').replaceFirst("^vpc ", "VPC ");
        return words.equals("natgateway") ? "NAT gateway" : words.replace("nat gateway", "NAT gateway");
    }

    private static boolean isOrdinary(String type) {
        return switch (type) {
            case "interface", "efa", "efa-only", "trunk", "branch", "lambda" -> true;
            default -> false;
        };
    }

    /** Whether it is a function's interface. */
    static boolean isFunctions(Doc members) {
        String description = Objects.requireNonNullElse(members.text("description"), "");
        return "lambda".equals(members.text("interfaceType")) || description.startsWith("AWS Lambda VPC ENI");
    }
}
