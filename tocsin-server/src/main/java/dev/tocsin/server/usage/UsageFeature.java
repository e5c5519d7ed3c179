package dev.tocsin.server.usage;

import org.jspecify.annotations.Nullable;

/** What GuardDuty's API tells usage apart by, in its order. */
public enum UsageFeature {
    /** CloudTrail management events. */
    CLOUD_TRAIL("CLOUD_TRAIL", Meter.CALLS),
    /** Resolver query logs. */
    DNS_LOGS("DNS_LOGS", Meter.FLOWS_AND_QUERIES),
    /** VPC flow logs. */
    FLOW_LOGS("FLOW_LOGS", Meter.FLOWS_AND_QUERIES),
    /** CloudTrail S3 data events. */
    S3_DATA_EVENTS("S3_LOGS", Meter.S3_CALLS),
    /** EKS audit logs, which are not read. */
    EKS_AUDIT_LOGS("KUBERNETES_AUDIT_LOGS", null),
    /** Scans of volumes, which nobody does. */
    EBS_MALWARE_PROTECTION("EC2_MALWARE_SCAN", null),
    /** Logins to databases, which are not read. */
    RDS_LOGIN_EVENTS(null, null),
    /** Flow logs of functions' interfaces. */
    LAMBDA_NETWORK_LOGS(null, Meter.FUNCTION_FLOWS),
    /** Agents on nodes of EKS. */
    EKS_RUNTIME_MONITORING(null, Meter.AGENTS),
    /** Agents on instances. */
    EC2_RUNTIME_MONITORING(null, Meter.AGENTS),
    /** Agents beside tasks. */
    FARGATE_RUNTIME_MONITORING(null, Meter.AGENTS),
    /** Not read. */
    AI_PROTECTION(null, null);

    private final @Nullable String dataSource;
    private final @Nullable Meter meter;

    UsageFeature(@Nullable String dataSource, @Nullable Meter meter) {
        this.dataSource = dataSource;
        this.meter = meter;
    }

    /** Its name among the older data sources, or null if it has none. */
    public @Nullable String dataSource() {
        return dataSource;
    }

    /** By what it is priced, or null if nothing of it is analysed. */
    public @Nullable Meter meter() {
        return meter;
    }
}
