package dev.tocsin.server.agent;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.parse.runtime.HostHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the host is.
 *
 * @param instanceId {@code i-...}, or null beside a task without one
 * @param cluster the name of the EKS cluster or the ARN of the ECS cluster, or null
 * @param node the node's name in Kubernetes, or null
 * @param task the ARN of the ECS task, or null
 * @param interfaces {@code eni-...}, as far as they are known
 */
record HostIdentity(
        String account,
        String region,
        @Nullable String instanceId,
        String hostname,
        @Nullable String cluster,
        @Nullable String node,
        @Nullable String task,
        List<String> interfaces) {

    /** As the head of a batch says it. */
    HostHeader header(String tool, String agentId, long sequence) {
        return new HostHeader(new Host(
                account,
                region,
                instanceId,
                hostname,
                tool,
                agentId,
                sequence,
                task == null ? cluster : null,
                node,
                task,
                task == null ? null : cluster));
    }
}
