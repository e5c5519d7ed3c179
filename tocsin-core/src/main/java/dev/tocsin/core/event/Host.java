package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * The machine that a host event happened on, and the tool that told of it.
 *
 * @param account the account it belongs to
 * @param region its Region
 * @param instanceId {@code i-...}, or null if unknown
 * @param hostname null if unknown
 * @param tool {@code auditd}, {@code tracee}, {@code tetragon}, {@code falco} or {@code osquery}
 * @param agentId the forwarder's own name, or null if a person made the file
 * @param sequence of the object among those of its agent, or -1
 * @param clusterName of Kubernetes, or null
 * @param nodeName of Kubernetes, or null
 * @param taskArn of ECS, or null
 * @param clusterArn of ECS, or null
 */
public record Host(
        String account,
        String region,
        @Nullable String instanceId,
        @Nullable String hostname,
        String tool,
        @Nullable String agentId,
        long sequence,
        @Nullable String clusterName,
        @Nullable String nodeName,
        @Nullable String taskArn,
        @Nullable String clusterArn) {

    /** A host known by account, Region and instance or name alone. */
    public static Host of(String account, String region, String instance, String tool) {
        boolean id = instance.startsWith("i-");
        return new Host(
                account, region, id ? instance : null, id ? null : instance, tool, null, -1, null, null, null, null);
    }

    /** What it is told apart by in its account and Region: the instance where it is known. */
    public String name() {
        if (instanceId != null) {
            return instanceId;
        }
        if (taskArn != null) {
            return taskArn;
        }
        String node = nodeName != null ? nodeName : hostname;
        return clusterName == null ? String.valueOf(node) : clusterName + "/" + node;
    }

    /** The key of its events. */
    public String key() {
        return account + "/" + region + "/" + name();
    }
}
