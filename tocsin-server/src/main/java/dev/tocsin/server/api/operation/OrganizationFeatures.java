package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.store.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For which accounts of an organization each feature comes on by itself: ALL, NEW or NONE. */
final class OrganizationFeatures {

    private static final String AUTO = "autoEnable";
    private static final String EXTRAS = "additionalConfiguration";
    private static final String NONE = "NONE";

    private final Map<String, Doc> byName;

    private OrganizationFeatures(Map<String, Doc> byName) {
        this.byName = byName;
    }

    /** As the administrator's {@code settings} keep them; NONE where they say nothing. */
    static OrganizationFeatures of(Doc settings) {
        Map<String, Doc> byName = new LinkedHashMap<>();
        for (String name : Features.optionalNames()) {
            Doc feature = new Doc().with("name", name).with(AUTO, NONE);
            List<String> extras = Features.additionalNames(name);
            if (!extras.isEmpty()) {
                feature.with(
                        EXTRAS,
                        extras.stream()
                                .map(extra -> new Doc().with("name", extra).with(AUTO, NONE))
                                .toList());
            }
            byName.put(name, feature);
        }
        Features.docs(settings, "features").forEach(feature -> byName.put(name(feature), feature));
        return new OrganizationFeatures(byName);
    }

    /** With what {@code input} says in {@code features} and in the older {@code dataSources}. */
    OrganizationFeatures changed(Doc input) {
        Map<String, Doc> changed = new LinkedHashMap<>(byName);
        Doc sources = input.part("dataSources");
        older(changed, "S3_DATA_EVENTS", sources.part("s3Logs"));
        older(changed, "EKS_AUDIT_LOGS", sources.part("kubernetes").part("auditLogs"));
        older(
                changed,
                "EBS_MALWARE_PROTECTION",
                sources.part("malwareProtection")
                        .part("scanEc2InstanceWithFindings")
                        .part("ebsVolumes"));
        for (Doc wanted : Features.docs(input, "features")) {
            Doc old = changed.get(name(wanted));
            if (old == null) {
                throw ApiException.invalid("features", "Expected names out of " + Features.optionalNames() + ".");
            }
            changed.put(name(wanted), merged(old, wanted));
        }
        return new OrganizationFeatures(changed);
    }

    private static void older(Map<String, Doc> features, String name, Doc source) {
        if (source.get(AUTO) instanceof Boolean on) {
            features.computeIfPresent(name, (key, old) -> new Doc().withAll(old).with(AUTO, on ? "NEW" : NONE));
        }
    }

    /** Additional configurations come back in the order in which they were set last. */
    private static Doc merged(Doc old, Doc wanted) {
        Doc merged = new Doc().withAll(old).with(AUTO, wanted.text(AUTO));
        Map<String, Doc> extras = new LinkedHashMap<>();
        for (Doc extra : Features.docs(wanted, EXTRAS)) {
            Features.refuseUnknown(name(old), Features.additionalNames(name(old)), name(extra));
            extras.put(name(extra), extra);
        }
        Features.docs(old, EXTRAS).forEach(extra -> extras.putIfAbsent(name(extra), extra));
        return extras.isEmpty() ? merged : merged.with(EXTRAS, new ArrayList<>(extras.values()));
    }

    /** All, in the order of GuardDuty. */
    List<Doc> toDocs() {
        return List.copyOf(byName.values());
    }

    /** The older view of the same. */
    Doc dataSources() {
        return new Doc()
                .with("s3Logs", on("S3_DATA_EVENTS"))
                .with("kubernetes", new Doc().with("auditLogs", on("EKS_AUDIT_LOGS")))
                .with(
                        "malwareProtection",
                        new Doc()
                                .with(
                                        "scanEc2InstanceWithFindings",
                                        new Doc().with("ebsVolumes", on("EBS_MALWARE_PROTECTION"))));
    }

    private Doc on(String name) {
        return new Doc().with(AUTO, !isAuto(byName.getOrDefault(name, new Doc()), List.of(NONE)));
    }

    /** What a detector of an account that joins is changed by, feature by feature. */
    List<Doc> forNew() {
        return enabled(List.of("NEW", "ALL"));
    }

    /** What the detectors of all members are changed by, feature by feature. */
    List<Doc> forAll() {
        return enabled(List.of("ALL"));
    }

    private List<Doc> enabled(List<String> by) {
        List<Doc> enabled = new ArrayList<>();
        for (Doc feature : byName.values()) {
            if (isAuto(feature, by)) {
                Doc change = new Doc().with("name", name(feature)).with("status", "ENABLED");
                List<Doc> extras = Features.docs(feature, EXTRAS).stream()
                        .filter(extra -> isAuto(extra, by))
                        .map(extra -> new Doc().with("name", name(extra)).with("status", "ENABLED"))
                        .toList();
                enabled.add(extras.isEmpty() ? change : change.with(EXTRAS, extras));
            }
        }
        return enabled;
    }

    private static boolean isAuto(Doc one, List<String> by) {
        return by.contains(String.valueOf(one.text(AUTO)));
    }

    private static String name(Doc one) {
        return String.valueOf(one.text("name"));
    }

    /** In how many accounts each feature is on. */
    static final class Count {

        private final Map<String, Long> counts = new LinkedHashMap<>();
        private long enabled;

        void add(Resource detector) {
            if (!"ENABLED".equals(detector.document().text("status"))) {
                return;
            }
            enabled++;
            Features features = Features.of(detector.document());
            for (String name : Features.optionalNames()) {
                counts.merge(name, features.isOn(name) ? 1L : 0L, Long::sum);
                for (String extra : Features.additionalNames(name)) {
                    counts.merge(name + "/" + extra, features.isOn(name, extra) ? 1L : 0L, Long::sum);
                }
            }
        }

        long enabled() {
            return enabled;
        }

        List<Doc> byFeature() {
            List<Doc> features = new ArrayList<>();
            for (String name : Features.optionalNames()) {
                Doc feature = new Doc().with("name", name).with("enabledAccountsCount", counts.getOrDefault(name, 0L));
                List<Doc> extras = Features.additionalNames(name).stream()
                        .map(extra -> new Doc()
                                .with("name", extra)
                                .with("enabledAccountsCount", counts.getOrDefault(name + "/" + extra, 0L)))
                        .toList();
                features.add(extras.isEmpty() ? feature : feature.with(EXTRAS, extras));
            }
            return features;
        }
    }
}
