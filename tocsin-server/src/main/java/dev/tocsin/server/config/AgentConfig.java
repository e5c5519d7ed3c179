package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** The configuration of {@code tocsin agent}. Null where the file says nothing. */
public record AgentConfig(
        @Setting(
                value = "The service's receiver of agents: its address and the path of its source of type agent-http.",
                example = "https://tocsin.example.com/agent/hosts")
        @Nullable
        String server,

        @Setting(
                value = "The key that 'tocsin keys agent' made, from the environment (env) or a file (file).",
                example = "{file: /etc/tocsin/agent.key}")
        @Nullable
        AccessKeyConfig key,

        @Setting(
                value = "PEM: who the service's certificate is by. Default: the authorities that Java trusts.",
                example = "/etc/tocsin/tls-certificate.pem")
        @Nullable
        String certificate,

        @Setting(value = "What is followed: auditd, tracee, tetragon, falco or osquery.", example = "auditd") @Nullable
        String tool,

        @Setting(
                value = "The file that the tool writes. Default: the tool's usual one.",
                example = "/var/log/audit/audit.log")
        @Nullable
        String file,

        @Setting(
                value = "The tool's process, which must run for the host to count as watched; none where it cannot be"
                        + " seen. Default: the tool's usual one.",
                example = "auditd")
        @Nullable
        String process,

        @Setting(
                value = "Folder of what waits to be sent. Default: /var/lib/tocsin-agent.",
                example = "/var/lib/tocsin-agent")
        @Nullable
        String buffer,

        @Setting(value = "Megabytes that may wait, packed. Default: 256.", example = "256") @Nullable
        Integer bufferMegabytes,

        @Setting(
                value = "What is lost, and counted, when more would wait: oldest or newest. Default: oldest.",
                example = "oldest")
        @Nullable
        String whenFull,

        @Setting(value = "Seconds after which what came is sent. Default: 5.", example = "5") @Nullable
        Integer batchSeconds,

        @Setting(
                value = "The host's account, twelve digits. Default: what the instance's metadata says.",
                example = "'111122223333'")
        @Nullable
        String account,

        @Setting(value = "The host's Region. Default: what the instance's metadata says.", example = "eu-central-1")
        @Nullable
        String region,

        @Setting(
                value = "The instance; none beside a task of Fargate. Default: what the instance's metadata says.",
                example = "i-0123456789abcdef0")
        @Nullable
        String instanceId,

        @Setting(value = "The host's name. Default: what it calls itself.", example = "'${HOSTNAME}'") @Nullable
        String hostname,

        @Setting(value = "On a node of EKS: the cluster's name.", example = "production") @Nullable
        String clusterName,

        @Setting(value = "On a node of EKS: the node's name.", example = "'${NODE_NAME}'") @Nullable
        String nodeName,

        @Setting(
                value = "Beside a task of ECS: the cluster's ARN.",
                example = "'arn:aws:ecs:eu-central-1:111122223333:cluster/shop'")
        @Nullable
        String clusterArn,

        @Setting(
                value = "Beside a task of ECS: the task's ARN.",
                example = "'arn:aws:ecs:eu-central-1:111122223333:task/shop/0123456789abcdef0123456789abcdef'")
        @Nullable
        String taskArn) {}
