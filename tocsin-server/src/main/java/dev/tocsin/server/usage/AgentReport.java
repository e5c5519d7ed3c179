package dev.tocsin.server.usage;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an agent says it is, once a minute.
 *
 * @param account where its host is
 * @param region where its host is
 * @param agentId its own name, the same after a restart
 * @param instanceId {@code i-...}, or null beside a task without one
 * @param cluster the name or ARN of the cluster of its node or task, or null
 * @param task the ARN of its task, or null
 * @param interfaces {@code eni-...} of the host, as far as it knows them
 * @param vcpus of the host, 1 or more
 * @param tool what it follows: auditd, tracee, tetragon, falco or osquery
 * @param version its own
 * @param at epoch seconds by its clock
 * @param issue why nothing can be relied on, or null if it is healthy
 * @param read lines read since its start
 * @param lost lines lost in all its life
 * @param buffered bytes that wait to be sent
 */
public record AgentReport(
        String account,
        String region,
        String agentId,
        @Nullable String instanceId,
        @Nullable String cluster,
        @Nullable String task,
        List<String> interfaces,
        int vcpus,
        String tool,
        String version,
        long at,
        @Nullable String issue,
        long read,
        long lost,
        long buffered) {

    /** The report in {@code doc}, as an agent writes it, for {@code account} and {@code region}. */
    public static AgentReport of(String account, String region, Doc doc) {
        List<String> interfaces = new ArrayList<>();
        if (doc.get("interfaces") instanceof List<?> list) {
            list.forEach(one -> interfaces.add(String.valueOf(one)));
        }
        return new AgentReport(
                account,
                region,
                String.valueOf(doc.text("agentId")),
                doc.text("instanceId"),
                doc.text("cluster"),
                doc.text("task"),
                List.copyOf(interfaces),
                Math.clamp(doc.number("vcpus", 1), 1, 1_024),
                String.valueOf(doc.text("tool")),
                String.valueOf(doc.text("version")),
                doc.number("at", 0),
                doc.text("issue"),
                doc.number("read", 0),
                doc.number("lost", 0),
                doc.number("buffered", 0));
    }

    /** As {@link #of} reads it. */
    public Doc toDoc() {
        return new Doc()
                .with("agentId", agentId)
                .with("instanceId", instanceId)
                .with("cluster", cluster)
                .with("task", task)
                .with("interfaces", interfaces)
                .with("vcpus", vcpus)
                .with("tool", tool)
                .with("version", version)
                .with("at", at)
                .with("issue", issue)
                .with("read", read)
                .with("lost", lost)
                .with("buffered", buffered);
    }

    /** What it watches: the instance, else the task, else itself. Two agents of an instance watch one thing. */
    public String watched() {
        return instanceId != null ? instanceId : task != null ? task : agentId;
    }

    /** Under which feature GuardDuty would count it. */
    public UsageFeature feature() {
        if (instanceId == null && task != null) {
            return UsageFeature.FARGATE_RUNTIME_MONITORING;
        }
        return cluster != null && task == null
                ? UsageFeature.EKS_RUNTIME_MONITORING
                : UsageFeature.EC2_RUNTIME_MONITORING;
    }
}
