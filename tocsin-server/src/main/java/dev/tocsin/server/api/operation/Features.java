package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A detector's features, of which {@code dataSources} is the older view. What is set last is given back in the order in
 * which it was set, additional configurations too: Terraform compares position by position.
 */
final class Features {

    /** Always on (F2). */
    private static final List<String> FOUNDATION = List.of("CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS");

    /** Can be switched, with whether it comes on with a first detector (F4, F5, client-expectations). */
    private static final Map<String, Boolean> OPTIONAL = optional();

    private static final Map<String, List<String>> ADDITIONAL = Map.of(
            "EKS_RUNTIME_MONITORING", List.of("EKS_ADDON_MANAGEMENT"),
            "RUNTIME_MONITORING",
                    List.of("EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"));

    private static final String ENABLED = "ENABLED";
    private static final String DISABLED = "DISABLED";

    private final Map<String, Doc> byName;

    private Features(Map<String, Doc> byName) {
        this.byName = byName;
    }

    private static Map<String, Boolean> optional() {
        Map<String, Boolean> optional = new LinkedHashMap<>();
        optional.put("S3_DATA_EVENTS", true);
        optional.put("EKS_AUDIT_LOGS", true);
        optional.put("EBS_MALWARE_PROTECTION", false);
        optional.put("RDS_LOGIN_EVENTS", false);
        optional.put("EKS_RUNTIME_MONITORING", false);
        optional.put("LAMBDA_NETWORK_LOGS", true);
        optional.put("RUNTIME_MONITORING", false);
        optional.put("AI_PROTECTION", false);
        return optional;
    }

    /** As a first detector has them when none is named. */
    static Features atFirst() {
        Map<String, Doc> byName = new LinkedHashMap<>();
        FOUNDATION.forEach(name -> byName.put(name, feature(name, ENABLED)));
        OPTIONAL.forEach((name, on) -> byName.put(name, feature(name, on ? ENABLED : DISABLED)));
        return new Features(byName);
    }

    /** As {@code detector}'s document keeps them. */
    static Features of(Doc detector) {
        Map<String, Doc> byName = new LinkedHashMap<>();
        docs(detector, "features").forEach(feature -> byName.put(String.valueOf(feature.text("name")), feature));
        return new Features(byName);
    }

    private static Doc feature(String name, String status) {
        Doc feature = new Doc().with("name", name).with("status", status);
        List<String> additional = ADDITIONAL.get(name);
        if (additional != null) {
            feature.with(
                    "additionalConfiguration",
                    additional.stream()
                            .map(extra -> new Doc().with("name", extra).with("status", DISABLED))
                            .toList());
        }
        return feature;
    }

    /**
     * With what {@code input} says in {@code features} and {@code dataSources}.
     *
     * @param now epoch seconds
     * @throws ApiException if it names what there is not, or two that exclude each other
     */
    Features changed(Doc input, long now) {
        Map<String, Doc> changed = new LinkedHashMap<>(byName);
        changed.values().forEach(feature -> {
            if (feature.get("updatedAt") == null) {
                feature.with("updatedAt", now);
            }
        });
        Set<String> named = new LinkedHashSet<>();
        fromDataSources(input.at("dataSources"), named)
                .forEach((name, status) -> changed.put(
                        name, known(changed, name).with("status", status).with("updatedAt", now)));
        for (Doc wanted : docs(input, "features")) {
            String name = wanted.text("name");
            if (name == null || !OPTIONAL.containsKey(name)) {
                throw ApiException.invalid("features", "Expected names out of " + OPTIONAL.keySet() + ".");
            }
            if (!named.add(name)) {
                throw ApiException.invalid("features", "The feature " + name + " is named twice.");
            }
            changed.put(name, merged(known(changed, name), wanted, now));
        }
        if (named.contains("EKS_RUNTIME_MONITORING") && named.contains("RUNTIME_MONITORING")) {
            throw ApiException.badRequest(
                    "The request is rejected because EKS_RUNTIME_MONITORING and RUNTIME_MONITORING exclude each other.");
        }
        return new Features(changed);
    }

    /** A copy of the feature; one that the detector is older than is off. */
    private static Doc known(Map<String, Doc> features, String name) {
        Doc feature = features.get(name);
        return feature == null ? feature(name, DISABLED) : new Doc().withAll(feature);
    }

    private static Doc merged(Doc old, Doc wanted, long now) {
        String name = String.valueOf(wanted.text("name"));
        Doc merged =
                new Doc().withAll(old).with("status", wanted.text("status")).with("updatedAt", now);
        List<Doc> extras = docs(wanted, "additionalConfiguration");
        if (extras.isEmpty()) {
            return merged;
        }
        List<String> allowed = additionalNames(name);
        Map<String, Doc> ordered = new LinkedHashMap<>();
        for (Doc extra : extras) {
            String extraName = String.valueOf(extra.text("name"));
            refuseUnknown(name, allowed, extraName);
            ordered.put(extraName, new Doc().withAll(extra).with("updatedAt", now));
        }
        docs(old, "additionalConfiguration")
                .forEach(extra -> ordered.putIfAbsent(String.valueOf(extra.text("name")), extra));
        return merged.with("additionalConfiguration", new ArrayList<>(ordered.values()));
    }

    static void refuseUnknown(String name, List<String> allowed, String extraName) {
        if (!allowed.contains(extraName)) {
            throw ApiException.invalid(
                    "additionalConfiguration", "The feature " + name + " has " + allowed + ", not " + extraName + ".");
        }
    }

    private static Map<String, String> fromDataSources(@Nullable Doc sources, Set<String> named) {
        Map<String, String> statuses = new LinkedHashMap<>();
        if (sources == null) {
            return statuses;
        }
        put(statuses, "S3_DATA_EVENTS", sources.part("s3Logs").get("enable"));
        put(
                statuses,
                "EKS_AUDIT_LOGS",
                sources.part("kubernetes").part("auditLogs").get("enable"));
        put(
                statuses,
                "EBS_MALWARE_PROTECTION",
                sources.part("malwareProtection")
                        .part("scanEc2InstanceWithFindings")
                        .get("ebsVolumes"));
        named.addAll(statuses.keySet());
        return statuses;
    }

    private static void put(Map<String, String> statuses, String name, @Nullable Object on) {
        if (on instanceof Boolean enabled) {
            statuses.put(name, enabled ? ENABLED : DISABLED);
        }
    }

    /**
     * Since when {@code name} has been on, as far as is known, epoch seconds, or null if it is off.
     *
     * @param created of the detector, epoch seconds: what nobody switched since came on with it
     */
    @Nullable
    Long onSince(String name, long created) {
        Doc feature = byName.get(name);
        return feature == null || !isOn(name) ? null : (Long) feature.number("updatedAt", created);
    }

    /** Whether {@code name} is on. */
    boolean isOn(String name) {
        Doc feature = byName.get(name);
        return feature != null && ENABLED.equals(feature.text("status"));
    }

    /** In the order of GuardDuty. */
    List<Doc> toDocs() {
        List<String> order = new ArrayList<>(FOUNDATION);
        order.addAll(OPTIONAL.keySet());
        return byName.values().stream()
                .sorted(Comparator.comparingInt(feature -> order.indexOf(feature.text("name"))))
                .toList();
    }

    /** Those that can be switched, which alone are told of members. */
    List<Doc> optionalDocs() {
        return toDocs().stream()
                .filter(feature -> OPTIONAL.containsKey(String.valueOf(feature.text("name"))))
                .toList();
    }

    /** The names of those that can be switched, in the order of GuardDuty. */
    static List<String> optionalNames() {
        return List.copyOf(OPTIONAL.keySet());
    }

    /** The names of the additional configurations of {@code feature}. */
    static List<String> additionalNames(String feature) {
        return ADDITIONAL.getOrDefault(feature, List.of());
    }

    /** Whether {@code extra} of {@code name} is on. */
    boolean isOn(String name, String extra) {
        Doc feature = byName.get(name);
        return feature != null
                && docs(feature, "additionalConfiguration").stream()
                        .anyMatch(one -> extra.equals(one.text("name")) && ENABLED.equals(one.text("status")));
    }

    /** The older view of the same. */
    Doc dataSources() {
        return new Doc()
                .with("cloudTrail", new Doc().with("status", ENABLED))
                .with("dnsLogs", new Doc().with("status", ENABLED))
                .with("flowLogs", new Doc().with("status", ENABLED))
                .with("s3Logs", status("S3_DATA_EVENTS"))
                .with("kubernetes", new Doc().with("auditLogs", status("EKS_AUDIT_LOGS")))
                .with(
                        "malwareProtection",
                        new Doc()
                                .with(
                                        "scanEc2InstanceWithFindings",
                                        new Doc().with("ebsVolumes", status("EBS_MALWARE_PROTECTION"))));
    }

    private Doc status(String name) {
        return new Doc().with("status", isOn(name) ? ENABLED : DISABLED);
    }

    /** The objects of the list {@code name} of {@code doc}; none if it is absent. */
    static List<Doc> docs(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }
}
