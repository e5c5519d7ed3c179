package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Metered.By;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.UsageFeature;
import dev.tocsin.server.usage.Usages;
import dev.tocsin.server.usage.Usages.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was analysed in the last 30 days, as GuardDuty would have priced it, and what would be left of its trial. */
public final class Usage {

    /** Days that usage is told of, and that a trial takes. */
    private static final int DAYS = 30;

    private static final long DAY = 24 * 60 * 60;

    /** Resources and accounts at the top. */
    private static final int TOP = 50;

    private static final int DECIMALS = 6;

    private final Detectors detectors;
    private final Usages usages;
    private final InstantSource clock;

    /** Of what {@code usages} have, at the days that {@code clock} says. */
    public Usage(Detectors detectors, Usages usages, InstantSource clock) {
        this.detectors = detectors;
        this.usages = usages;
        this.clock = clock;
    }

    /** Adds the operations on usage and trials. */
    public void register(Operations operations) {
        operations.on("GetUsageStatistics", this::usage).on("GetRemainingFreeTrialDays", this::trial);
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
        Resource detector = detectors.required(call);
        Set<String> accounts = new TreeSet<>(detectors.membership().shown(detector));
        List<String> named = texts(criteria, "accountIds");
        if (!named.isEmpty()) {
            accounts.retainAll(named);
        }
        List<Part> parts = parts(detector.region(), accounts, criteria);
        return switch (call.text("usageStatisticsType")) {
            case "SUM_BY_ACCOUNT" -> page(call, "sumByAccount", sums("accountId", accounts, parts, Usage::account));
            case "SUM_BY_DATA_SOURCE" ->
                page(call, "sumByDataSource", sums("dataSource", sources(sources), parts, Usage::dataSource));
            case "SUM_BY_FEATURES" ->
                page(call, "sumByFeature", sums("feature", features(features), parts, Usage::feature));
            case "TOP_ACCOUNTS_BY_FEATURE" ->
                page(call, "topAccountsByFeature", topAccounts(features(features), accounts, parts));
            case "SUM_BY_RESOURCE" -> page(call, "sumByResource", resources(parts));
            default ->
                page(call, "topResources", resources(parts).stream().limit(TOP).toList());
        };
    }

    /** What was analysed, as far as {@code criteria} ask for it. */
    private List<Part> parts(String region, Set<String> accounts, Doc criteria) throws StoreException {
        long today = clock.instant().getEpochSecond() / DAY;
        List<String> features = texts(criteria, "features");
        List<String> sources = texts(criteria, "dataSources");
        List<String> resources = texts(criteria, "resources");
        return usages.parts(today - DAYS + 1, today, EnumSet.of(By.RESOURCE)).stream()
                .filter(part -> part.amount().region().equals(region)
                        && accounts.contains(part.amount().account())
                        && (features.isEmpty() || features.contains(feature(part)))
                        && (sources.isEmpty() || sources.contains(String.valueOf(dataSource(part))))
                        && (resources.isEmpty()
                                || resources.contains(part.amount().resource())))
                .toList();
    }

    private static String account(Part part) {
        return part.amount().account();
    }

    private static String feature(Part part) {
        return part.amount().feature();
    }

    private static @Nullable String dataSource(Part part) {
        return part.feature().dataSource();
    }

    private static List<String> features(List<String> named) {
        return named.isEmpty()
                ? Stream.of(UsageFeature.values()).map(Enum::name).toList()
                : named;
    }

    private static List<String> sources(List<String> named) {
        return named.isEmpty()
                ? Stream.of(UsageFeature.values())
                        .map(UsageFeature::dataSource)
                        .filter(Objects::nonNull)
                        .toList()
                : named;
    }

    private static List<Doc> sums(
            String member, Iterable<String> names, List<Part> parts, Function<Part, @Nullable String> name) {
        List<Doc> sums = new ArrayList<>();
        for (String one : names) {
            sums.add(new Doc()
                    .with(member, one)
                    .with("total", total(parts.stream().filter(part -> one.equals(name.apply(part))))));
        }
        return sums;
    }

    private static List<Doc> topAccounts(List<String> features, Set<String> accounts, List<Part> parts) {
        List<Doc> all = new ArrayList<>();
        for (String feature : features) {
            List<Part> of =
                    parts.stream().filter(part -> feature.equals(feature(part))).toList();
            all.add(new Doc()
                    .with("feature", feature)
                    .with(
                            "accounts",
                            sums("accountId", accounts, of, Usage::account).stream()
                                    .sorted(Comparator.comparing(Usage::amount).reversed())
                                    .limit(TOP)
                                    .toList()));
        }
        return all;
    }

    /** Resources, the dearest first. */
    private static List<Doc> resources(List<Part> parts) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        for (Part part : parts) {
            if (!part.amount().resource().isEmpty()) {
                sums.merge(part.amount().resource(), part.usd(), BigDecimal::add);
            }
        }
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, BigDecimal>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(one -> new Doc().with("resource", one.getKey()).with("total", total(one.getValue())))
                .toList();
    }

    private static BigDecimal amount(Doc sum) {
        return new BigDecimal(String.valueOf(sum.part("total").text("amount")));
    }

    private static Doc total(Stream<Part> parts) {
        return total(parts.map(Part::usd).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static Doc total(BigDecimal usd) {
        BigDecimal rounded = usd.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return new Doc().with("amount", rounded.toPlainString()).with("unit", "USD");
    }

    private static Doc page(Call call, String member, List<Doc> all) {
        Doc page = Pages.page(call, member, all, Doc::toJson, one -> one);
        Object rows = page.get(member);
        return new Doc()
                .with("usageStatistics", new Doc().with(member, rows))
                .with("nextToken", page.text("nextToken"));
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
            accounts.add(trial(account, detectors.of(account, detector.region())));
            return null;
        });
        return new Doc().with("accounts", accounts).withAll(answer);
    }

    private Doc trial(String account, @Nullable Resource detector) {
        Map<String, Doc> left = new LinkedHashMap<>();
        for (UsageFeature feature : UsageFeature.values()) {
            left.put(feature.name(), new Doc().with("freeTrialDaysRemaining", daysLeft(feature, detector)));
        }
        Doc sources = new Doc()
                .with("cloudTrail", left.get("CLOUD_TRAIL"))
                .with("dnsLogs", left.get("DNS_LOGS"))
                .with("flowLogs", left.get("FLOW_LOGS"))
                .with("s3Logs", left.get("S3_DATA_EVENTS"))
                .with("kubernetes", new Doc().with("auditLogs", left.get("EKS_AUDIT_LOGS")))
                .with(
                        "malwareProtection",
                        new Doc().with("scanEc2InstanceWithFindings", left.get("EBS_MALWARE_PROTECTION")));
        List<Doc> features = new ArrayList<>();
        left.forEach((name, days) -> features.add(new Doc().with("name", name).withAll(days)));
        return new Doc().with("accountId", account).with("dataSources", sources).with("features", features);
    }

    /** Days of 30 since the feature was switched on, last as far as is known; none of what is off. */
    private long daysLeft(UsageFeature feature, @Nullable Resource detector) {
        if (detector == null) {
            return 0;
        }
        Long since = Features.of(detector.document()).onSince(name(feature), created(detector));
        return since == null ? 0 : Math.clamp(DAYS - (clock.instant().getEpochSecond() - since) / DAY, 0, DAYS);
    }

    /** The feature of a detector by which it is switched on. */
    private static String name(UsageFeature feature) {
        return switch (feature) {
            case EKS_RUNTIME_MONITORING, EC2_RUNTIME_MONITORING, FARGATE_RUNTIME_MONITORING -> "RUNTIME_MONITORING";
            default -> feature.name();
        };
    }

    private static long created(Resource detector) {
        return Instant.parse(String.valueOf(detector.document().text("createdAt")))
                .getEpochSecond();
    }
}
