package dev.tocsin.core.finding;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.event.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a finding into GuardDuty's words: the export form, and from it the form of GetFindings (F37). */
public final class FindingDocument {

    /** The member of a signal's additional information that stands beside it in the finding: {@code service.detection}. */
    public static final String DETECTION = "detection";

    /** The same for {@code service.runtimeDetails}. */
    public static final String RUNTIME_DETAILS = "runtimeDetails";

    private FindingDocument() {}

    /**
     * {@code entry} of type {@code type} in the export form, for the detector {@code detectorId}.
     *
     * @param marks further members of {@code tocsin}
     */
    public static Doc export(FindingEntry entry, FindingType type, String detectorId, Doc marks) {
        String partition = Partition.of(entry.region());
        String arn = arn(entry.account(), entry.region(), detectorId, entry.id());
        String description = fill(type.description(), entry.facts());
        return new Doc()
                .with("schemaVersion", "2.0")
                .with("accountId", entry.account())
                .with("region", entry.region())
                .with("partition", partition)
                .with("id", entry.id())
                .with("arn", arn)
                .with("type", type.name())
                .with("resource", entry.latest().at("resource"))
                .with("service", service(entry, type, detectorId, description))
                .with("customDetectionRuleName", ruleName(entry, type))
                .with("associatedAttackSequenceArn", entry.attackSequence())
                .with("severity", entry.severity())
                .with("createdAt", Times.iso(entry.first()))
                .with("updatedAt", Times.iso(entry.last()))
                .with("title", title(entry, type))
                .with("description", description)
                .with("tocsin", tocsin(entry, type).withAll(marks));
    }

    /** The detector that stands for an account and Region where no service has made one. */
    public static String detectorId(String account, String region) {
        return Hash.id("detector", account, region);
    }

    /** The ARN of the finding {@code id} of the detector {@code detectorId}. */
    public static String arn(String account, String region, String detectorId, String id) {
        return "arn:" + Partition.of(region) + ":guardduty:" + region + ":" + account + ":detector/" + detectorId
                + "/finding/" + id;
    }

    private static String title(FindingEntry entry, FindingType type) {
        String title = fill(type.title(), entry.facts());
        return entry.findings() == 0 ? title : entry.findings() + " more findings within an hour like this: " + title;
    }

    private static Doc service(FindingEntry entry, FindingType type, String detectorId, String description) {
        return new Doc()
                .with("serviceName", "guardduty")
                .with("detectorId", detectorId)
                .with("action", entry.action())
                .with("resourceRole", entry.latest().text("role"))
                .with(
                        "additionalInfo",
                        new Doc().withAll(additional(entry)).without(DETECTION).without(RUNTIME_DETAILS))
                .with("evidence", intelligence(entry))
                .with(RUNTIME_DETAILS, additional(entry).get(RUNTIME_DETAILS))
                .with("detection", detection(entry, description))
                .with("featureName", featureName(type.source()))
                .with("eventFirstSeen", Times.iso(entry.first()))
                .with("eventLastSeen", Times.iso(entry.last()))
                .with("archived", false)
                .with("count", entry.count())
                .with(DETECTION, additional(entry).get(DETECTION));
    }

    /** The rule of the gravest signal; of equals that of the first. */
    private static @Nullable String ruleName(FindingEntry entry, FindingType type) {
        if (type.feature() != FindingType.Feature.CUSTOM_DETECTION_RULES) {
            return null;
        }
        Doc gravest = null;
        for (Doc signal : entry.sequence().signals()) {
            if (gravest == null || severity(signal) > severity(gravest)) {
                gravest = signal;
            }
        }
        return gravest == null ? null : gravest.text("name");
    }

    private static double severity(Doc signal) {
        return signal.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }

    private static @Nullable Doc detection(FindingEntry entry, String description) {
        Doc detection = new Doc().withAll(entry.latest().part("detection"));
        if (!entry.sequence().isEmpty()) {
            detection.with("sequence", entry.sequence().toDoc(entry.id(), description, entry.moreSequenceTypes()));
        }
        return detection.isEmpty() ? null : detection;
    }

    private static Doc additional(FindingEntry entry) {
        Doc additional = entry.latest().at("additional");
        return additional == null ? new Doc() : additional;
    }

    private static Doc intelligence(FindingEntry entry) {
        List<Object> details = new ArrayList<>();
        for (Doc match : matches(entry)) {
            String threat = match.text("threat");
            details.add(new Doc()
                    .with("threatListName", match.text("list"))
                    .with("threatNames", threat == null ? List.of() : List.of(threat)));
        }
        return details.isEmpty() ? new Doc() : new Doc().with("threatIntelligenceDetails", details);
    }

    private static List<Doc> matches(FindingEntry entry) {
        return entry.latest().get("matches") instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    private static String featureName(FindingType.DataSource source) {
        return switch (source) {
            case CLOUDTRAIL -> "CloudTrail";
            case S3_DATA -> "S3DataEvents";
            case FLOW -> "FlowLogs";
            case DNS -> "DnsLogs";
            case RUNTIME -> "RuntimeMonitoring";
            case LAMBDA_NETWORK -> "LambdaNetworkLogs";
            case CORRELATION -> "Correlation";
        };
    }

    private static Doc tocsin(FindingEntry entry, FindingType type) {
        Doc evidence = new Doc()
                .with("records", entry.records().stream().map(Evidence::toDoc).toList());
        Evidence trigger = entry.trigger();
        if (trigger != null) {
            evidence.with("trigger", trigger.toDoc());
        }
        evidence.with("activity", entry.activity());
        if (!matches(entry).isEmpty()) {
            evidence.with("intelligence", matches(entry));
        }
        return new Doc()
                .with("priority", Priority.of(entry))
                .withAll(entry.latest().part("marks"))
                .with("global", entry.global() ? true : null)
                .with("evidence", evidence)
                .with("detectorVersion", (long) type.version())
                .with("technique", type.technique())
                .with("nextSteps", type.nextSteps());
    }

    /** {@code text} with each {@code {name}} replaced by that fact; an absent one by nothing. */
    static String fill(String text, Map<String, Object> facts) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            filled.append(text, at, open).append(facts.getOrDefault(text.substring(open + 1, close), ""));
            at = close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** The same finding as GetFindings answers: additionalInfo as {@code {value: JSON text, type}}. */
    public static Doc getFindings(Doc export) {
        Doc copy = new Doc().withAll(export);
        Doc service = new Doc();
        Doc old = export.at("service");
        if (old != null) {
            service.withAll(old);
            Doc sequence = old.at("detection", "sequence");
            if (sequence != null) {
                service.with(
                        "detection",
                        new Doc().withAll(old.part("detection")).with("sequence", Sequence.inSeconds(sequence)));
            }
            Doc additional = old.at("additionalInfo");
            service.with(
                    "additionalInfo",
                    new Doc()
                            .with("value", (additional == null ? new Doc() : additional).toJson())
                            .with("type", "default"));
        }
        return copy.with("service", service);
    }
}
