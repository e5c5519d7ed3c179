package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What concerns the bill and the agents of AWS: nothing here costs, is on trial or has an agent, and so it is answered. */
public final class Usage {

    private static final List<String> FEATURES = List.of(
            "CLOUD_TRAIL",
            "DNS_LOGS",
            "FLOW_LOGS",
            "S3_DATA_EVENTS",
            "EKS_AUDIT_LOGS",
            "EBS_MALWARE_PROTECTION",
            "RDS_LOGIN_EVENTS",
            "LAMBDA_NETWORK_LOGS",
            "EKS_RUNTIME_MONITORING",
            "EC2_RUNTIME_MONITORING",
            "FARGATE_RUNTIME_MONITORING",
            "AI_PROTECTION");
    private static final List<String> SOURCES =
            List.of("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS", "S3_LOGS", "KUBERNETES_AUDIT_LOGS", "EC2_MALWARE_SCAN");
    private static final Doc NOTHING = new Doc().with("amount", "0").with("unit", "USD");
    private static final Doc NO_DAYS = new Doc().with("freeTrialDaysRemaining", 0);

    private final Detectors detectors;

    /** Usage of {@code detectors}. */
    public Usage(Detectors detectors) {
        this.detectors = detectors;
    }

    /** Adds the operations on usage, trials and coverage. */
    public void register(Operations operations) {
        operations
                .on("GetUsageStatistics", this::usage)
                .on("GetRemainingFreeTrialDays", this::trial)
                .on("ListCoverage", this::coverage)
                .on("GetCoverageStatistics", this::coverageStatistics);
    }

    private Doc usage(Call call) throws StoreException {
        Doc criteria = call.input().part("usageCriteria");
        List<String> features = texts(criteria, "features");
        List<String> sources = texts(criteria, "dataSources");
        if (!features.isEmpty() && !sources.isEmpty()) {
            throw ApiException.invalid("usageCriteria", "Expected features or dataSources, not both.");
        }
        if (!List.of("", "USD").contains(call.text("unit"))) {
            throw ApiException.invalid("unit", "Expected USD.");
        }
        Set<String> accounts = new TreeSet<>(detectors.membership().shown(detectors.required(call)));
        List<String> named = texts(criteria, "accountIds");
        if (!named.isEmpty()) {
            accounts.retainAll(named);
        }
        List<String> byFeature = features.isEmpty() ? FEATURES : features;
        Doc statistics = switch (call.text("usageStatisticsType")) {
            case "SUM_BY_ACCOUNT" -> new Doc().with("sumByAccount", totals("accountId", List.copyOf(accounts)));
            case "SUM_BY_DATA_SOURCE" ->
                new Doc().with("sumByDataSource", totals("dataSource", sources.isEmpty() ? SOURCES : sources));
            case "SUM_BY_FEATURES" -> new Doc().with("sumByFeature", totals("feature", byFeature));
            case "TOP_ACCOUNTS_BY_FEATURE" ->
                new Doc()
                        .with(
                                "topAccountsByFeature",
                                byFeature.stream()
                                        .map(feature -> new Doc()
                                                .with("feature", feature)
                                                .with("accounts", totals("accountId", List.copyOf(accounts))))
                                        .toList());
            case "SUM_BY_RESOURCE" -> new Doc().with("sumByResource", List.of());
            default -> new Doc().with("topResources", List.of());
        };
        return new Doc().with("usageStatistics", statistics);
    }

    private static List<Doc> totals(String member, List<String> names) {
        return names.stream()
                .map(name -> new Doc().with(member, name).with("total", NOTHING))
                .toList();
    }

    private static List<String> texts(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Doc trial(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Set<String> shown = detectors.membership().shown(detector);
        List<Doc> accounts = new ArrayList<>();
        Doc answer = Batch.over(call.texts("accountIds"), account -> {
            if (!shown.contains(account)) {
                return "The request is rejected because the account is not a member of the current account.";
            }
            accounts.add(trial(account));
            return null;
        });
        return new Doc().with("accounts", accounts).withAll(answer);
    }

    private static Doc trial(String account) {
        Doc sources = new Doc()
                .with("cloudTrail", NO_DAYS)
                .with("dnsLogs", NO_DAYS)
                .with("flowLogs", NO_DAYS)
                .with("s3Logs", NO_DAYS)
                .with("kubernetes", new Doc().with("auditLogs", NO_DAYS))
                .with("malwareProtection", new Doc().with("scanEc2InstanceWithFindings", NO_DAYS));
        return new Doc()
                .with("accountId", account)
                .with("dataSources", sources)
                .with(
                        "features",
                        FEATURES.stream()
                                .map(name -> new Doc().with("name", name).withAll(NO_DAYS))
                                .toList());
    }

    private Doc coverage(Call call) throws StoreException {
        detectors.required(call);
        return Pages.page(call, "resources", List.<String>of(), name -> name, name -> name);
    }

    private Doc coverageStatistics(Call call) throws StoreException {
        detectors.required(call);
        Doc statistics = new Doc();
        for (String type : call.texts("statisticsType")) {
            if (type.equals("COUNT_BY_RESOURCE_TYPE")) {
                statistics.with(
                        "countByResourceType",
                        new Doc().with("EC2", 0).with("ECS", 0).with("EKS", 0));
            } else {
                statistics.with(
                        "countByCoverageStatus", new Doc().with("HEALTHY", 0).with("UNHEALTHY", 0));
            }
        }
        return new Doc().with("coverageStatistics", statistics);
    }
}
