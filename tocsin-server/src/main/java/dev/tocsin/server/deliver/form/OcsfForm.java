package dev.tocsin.server.deliver.form;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Detection Finding (class 2004) of the Open Cybersecurity Schema Framework, with the profile for clouds. The finding as
 * GuardDuty writes it stands in {@code raw_data}. Attributes are those of {@link #VERSION}.
 */
public final class OcsfForm {

    /** The version of the schema. */
    static final String VERSION = "1.3.0";

    private static final int CLASS = 2004;
    private static final int FINDINGS = 2;
    private static final int CREATE = 1;
    private static final int UPDATE = 2;
    private static final int IP_ADDRESS = 2;
    private static final int HOSTNAME = 1;
    private static final int AWS_ACCOUNT = 10;
    private static final int NEW = 1;
    private static final int OTHER = 99;

    private OcsfForm() {}

    /**
     * {@code finding} in the export form.
     *
     * @param id of the message
     * @param link where people see it
     */
    public static Doc of(Doc finding, String id, String link) {
        Facts facts = new Facts(finding);
        int activity = facts.isNew() ? CREATE : UPDATE;
        String name = activity == CREATE ? "Create" : "Update";
        Doc service = facts.service();
        List<Doc> evidences = evidences(facts);
        return new Doc()
                .with("activity_id", activity)
                .with("activity_name", name)
                .with("category_uid", FINDINGS)
                .with("category_name", "Findings")
                .with("class_uid", CLASS)
                .with("class_name", "Detection Finding")
                .with("type_uid", CLASS * 100 + activity)
                .with("type_name", "Detection Finding: " + name)
                .with("time", Facts.millis(finding.text("updatedAt")))
                .with("severity_id", severity(facts))
                .with("severity", caption(facts.label()))
                .with("status_id", facts.isArchived() ? OTHER : NEW)
                .with("status", facts.isArchived() ? "Archived" : "New")
                .with("message", facts.text("title"))
                .with("count", service.number("count", 1))
                .with("start_time", time(service.text("eventFirstSeen")))
                .with("end_time", time(service.text("eventLastSeen")))
                .with("metadata", metadata(facts, id))
                .with("cloud", cloud(facts))
                .with("finding_info", information(facts, link))
                .with("resources", resources(facts))
                .with("evidences", evidences.isEmpty() ? null : evidences)
                .with("observables", observables(facts))
                .with("raw_data", new Doc().withAll(finding).without("tocsin").toJson());
    }

    private static @Nullable Long time(@Nullable String iso) {
        long millis = Facts.millis(iso);
        return millis == 0 ? null : millis;
    }

    private static int severity(Facts facts) {
        return switch (facts.label()) {
            case "LOW" -> 2;
            case "MEDIUM" -> 3;
            case "HIGH" -> 4;
            default -> 5;
        };
    }

    private static String caption(String label) {
        return label.charAt(0) + label.substring(1).toLowerCase(Locale.ROOT);
    }

    private static Doc metadata(Facts facts, String id) {
        return new Doc()
                .with("version", VERSION)
                .with("product", new Doc().with("name", "Tocsin").with("vendor_name", "Tocsin"))
                .with("profiles", List.of("cloud"))
                .with("uid", id)
                .with("event_code", facts.text("type"));
    }

    private static Doc cloud(Facts facts) {
        return new Doc()
                .with("provider", "AWS")
                .with("region", facts.text("region"))
                .with(
                        "account",
                        new Doc()
                                .with("uid", facts.text("accountId"))
                                .with("type", "AWS Account")
                                .with("type_id", AWS_ACCOUNT));
    }

    private static Doc information(Facts facts, String link) {
        Doc service = facts.service();
        String type = facts.text("type");
        FindingType known = Detectors.types().get(type);
        String technique = known == null ? null : known.technique();
        Doc attack = technique == null ? null : new Doc().with("technique", new Doc().with("uid", technique));
        return new Doc()
                .with("uid", facts.text("id"))
                .with("title", facts.text("title"))
                .with("desc", facts.text("description"))
                .with("types", List.of(type))
                .with("created_time", time(facts.text("createdAt")))
                .with("modified_time", time(facts.text("updatedAt")))
                .with("first_seen_time", time(service.text("eventFirstSeen")))
                .with("last_seen_time", time(service.text("eventLastSeen")))
                .with("src_url", link)
                .with(
                        "analytic",
                        new Doc()
                                .with("name", type)
                                .with("uid", type)
                                .with("type", "Rule")
                                .with("type_id", 1))
                .with("attacks", attack == null ? null : List.of(attack));
    }

    private static List<Doc> resources(Facts facts) {
        return facts.affected().stream()
                .map(one -> new Doc()
                        .with("uid", one.arn() == null ? one.id() : one.arn())
                        .with("name", one.name())
                        .with("type", one.type())
                        .with("region", facts.text("region"))
                        .with("cloud_partition", facts.partition()))
                .toList();
    }

    private static List<Doc> evidences(Facts facts) {
        Doc call = facts.call();
        Facts.Side remote = facts.remote();
        Facts.Side local = facts.local();
        boolean outbound = facts.direction().equals("OUTBOUND");
        Doc theirs = remote == null ? null : endpoint(remote);
        Doc ours = local == null || local.ip() == null ? null : endpoint(local);
        Doc evidence = new Doc()
                .with("actor", actor(facts))
                .with("api", call.text("api") == null ? null : api(call))
                .with("src_endpoint", outbound ? ours : theirs)
                .with("dst_endpoint", outbound ? theirs : ours)
                .with("connection_info", facts.direction().isEmpty() ? null : connection(facts))
                .with("query", call.text("domain") == null ? null : new Doc().with("hostname", call.text("domain")));
        return evidence.isEmpty() ? List.of() : List.of(evidence);
    }

    private static @Nullable Doc actor(Facts facts) {
        Doc key = facts.finding().part("resource").part("accessKeyDetails");
        Doc user = new Doc()
                .with("name", key.text("userName"))
                .with("uid", key.text("principalId"))
                .with("type", key.text("userType"))
                .with("credential_uid", key.text("accessKeyId"));
        Doc filled = Facts.filled(user);
        return filled.isEmpty() ? null : new Doc().with("user", filled);
    }

    private static Doc api(Doc call) {
        Doc service = call.text("serviceName") == null ? null : new Doc().with("name", call.text("serviceName"));
        return new Doc().with("operation", call.text("api")).with("service", service);
    }

    private static Doc endpoint(Facts.Side side) {
        Doc city = side.details().part("city");
        Doc country = side.details().part("country");
        Doc location = new Doc().with("city", city.text("cityName")).with("desc", country.text("countryName"));
        return new Doc()
                .with("ip", side.ip())
                .with("port", side.port())
                .with("location", location.isEmpty() ? null : location);
    }

    private static Doc connection(Facts facts) {
        String direction = facts.direction();
        String protocol = facts.call().text("protocol");
        return new Doc()
                .with("direction_id", direction.equals("INBOUND") ? 1 : direction.equals("OUTBOUND") ? 2 : 0)
                .with("direction", caption(direction))
                .with("protocol_name", protocol == null ? null : protocol.toLowerCase(Locale.ROOT));
    }

    private static @Nullable List<Doc> observables(Facts facts) {
        List<Doc> all = new ArrayList<>();
        Facts.Side remote = facts.remote();
        if (remote != null) {
            String side = facts.direction().equals("OUTBOUND") ? "dst_endpoint" : "src_endpoint";
            all.add(observable("evidences[0]." + side + ".ip", "IP Address", IP_ADDRESS, remote.ip()));
        }
        if (facts.call().text("domain") != null) {
            all.add(observable(
                    "evidences[0].query.hostname",
                    "Hostname",
                    HOSTNAME,
                    facts.call().text("domain")));
        }
        return all.isEmpty() ? null : all;
    }

    private static Doc observable(String name, String type, int typeId, @Nullable String value) {
        return new Doc()
                .with("name", name)
                .with("type", type)
                .with("type_id", typeId)
                .with("value", value);
    }
}
