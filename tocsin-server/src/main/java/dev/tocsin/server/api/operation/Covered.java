package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.usage.AgentReport;
import dev.tocsin.server.usage.Agents.Reported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance or cluster with agents.
 *
 * @param id unique among those of a Region
 * @param attributes by which it is filtered and sorted, by the names of GuardDuty's criteria
 * @param document as the API answers it
 */
record Covered(String id, Map<String, String> attributes, Doc document) {

    /** Issues that a resource names; there may be as many as there are nodes. */
    private static final int MOST_ISSUES = 10;

    /** What the agent's host is counted as: itself, or its cluster. */
    static String idOf(AgentReport report) {
        String cluster = report.cluster();
        return report.account() + " " + type(report) + " " + (cluster == null ? report.watched() : cluster);
    }

    private static String type(AgentReport report) {
        return report.task() != null ? "ECS" : report.cluster() != null ? "EKS" : "EC2";
    }

    /**
     * What {@code agents}, one at least, cover.
     *
     * @param now epoch seconds
     */
    static Covered of(String id, String detector, List<Reported> agents, long now) {
        Reported newest =
                agents.stream().max(Comparator.comparingLong(Reported::seen)).orElseThrow();
        Map<String, @Nullable String> issues = issues(agents, now);
        List<String> told = new ArrayList<>();
        issues.forEach((host, issue) -> {
            if (issue != null && told.size() < MOST_ISSUES) {
                told.add(issues.size() == 1 ? issue : host + ": " + issue);
            }
        });
        AgentReport report = newest.report();
        long healthy = issues.values().stream().filter(issue -> issue == null).count();
        Map<String, String> attributes = attributes(report);
        attributes.put("COVERAGE_STATUS", told.isEmpty() ? "HEALTHY" : "UNHEALTHY");
        attributes.put("ISSUE", String.join("; ", told));
        attributes.put("UPDATED_AT", String.valueOf(newest.seen()));
        Doc document = new Doc()
                .with("resourceId", id.substring(id.lastIndexOf(' ') + 1))
                .with("detectorId", detector)
                .with("accountId", report.account())
                .with("resourceDetails", details(report, told, healthy, issues.size()))
                .with("coverageStatus", attributes.get("COVERAGE_STATUS"))
                .with("issue", told.isEmpty() ? null : attributes.get("ISSUE"))
                .with("updatedAt", newest.seen());
        return new Covered(id, attributes, document);
    }

    /** What is wrong with each host, null if nothing: a host with two agents is watched while one of them is well. */
    private static Map<String, @Nullable String> issues(List<Reported> agents, long now) {
        Map<String, @Nullable String> issues = new TreeMap<>();
        for (Reported agent : agents) {
            String host = agent.report().watched();
            String issue = agent.issue(now);
            if (issue == null || !issues.containsKey(host)) {
                issues.put(host, issue);
            }
        }
        return issues;
    }

    private static Map<String, String> attributes(AgentReport report) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("ACCOUNT_ID", report.account());
        attributes.put("RESOURCE_TYPE", type(report));
        attributes.put("AGENT_VERSION", report.version());
        attributes.put("MANAGEMENT_TYPE", "MANUAL");
        String cluster = report.cluster();
        if (cluster == null) {
            attributes.put("INSTANCE_ID", report.watched());
        } else if (report.task() == null) {
            attributes.put("EKS_CLUSTER_NAME", cluster);
            attributes.put("CLUSTER_NAME", cluster);
        } else {
            attributes.put("ECS_CLUSTER_NAME", name(cluster));
            attributes.put("CLUSTER_ARN", cluster);
        }
        return attributes;
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static Doc details(AgentReport report, List<String> issues, long healthy, long hosts) {
        String cluster = report.cluster();
        Doc details = new Doc();
        if (cluster == null) {
            details.with(
                    "ec2InstanceDetails",
                    new Doc()
                            .with("instanceId", report.watched())
                            .with("agentDetails", new Doc().with("version", report.version()))
                            .with("managementType", "MANUAL"));
        } else if (report.task() == null) {
            details.with(
                    "eksClusterDetails",
                    new Doc()
                            .with("clusterName", cluster)
                            .with("coveredNodes", healthy)
                            .with("compatibleNodes", hosts)
                            .with("managementType", "MANUAL"));
        } else {
            details.with("ecsClusterDetails", ecs(report, cluster, issues, healthy, hosts));
        }
        return details.with("resourceType", type(report));
    }

    private static Doc ecs(AgentReport report, String cluster, List<String> issues, long healthy, long hosts) {
        Doc ecs = new Doc().with("clusterName", name(cluster));
        return report.instanceId() == null
                ? ecs.with("fargateDetails", new Doc().with("issues", issues).with("managementType", "MANUAL"))
                : ecs.with(
                        "containerInstanceDetails",
                        new Doc()
                                .with("coveredContainerInstances", healthy)
                                .with("compatibleContainerInstances", hosts));
    }
}
