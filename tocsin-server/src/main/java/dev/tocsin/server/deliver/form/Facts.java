package dev.tocsin.server.deliver.form;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What other formats want to know of a finding.
 *
 * @param finding in the export form
 */
record Facts(Doc finding) {

    /**
     * Something that a finding is about.
     *
     * @param type as CloudFormation names it
     * @param id unique within its type
     * @param arn null if it is not known
     * @param name for people
     */
    record Affected(String type, String id, @Nullable String arn, String name) {}

    /** Some side of a connection or call. */
    record Side(@Nullable String ip, @Nullable Long port, Doc details) {}

    String text(String member) {
        return orEmpty(finding.text(member));
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    Doc service() {
        return finding.part("service");
    }

    Doc action() {
        return service().part("action");
    }

    double severity() {
        return finding.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }

    /** As GuardDuty bands it: LOW, MEDIUM, HIGH or CRITICAL (F30). */
    String label() {
        double severity = severity();
        if (severity >= 9) {
            return "CRITICAL";
        }
        return severity >= 7 ? "HIGH" : severity >= 4 ? "MEDIUM" : "LOW";
    }

    boolean isArchived() {
        return Boolean.TRUE.equals(service().get("archived"));
    }

    /** Whether it has never been sent before as far as its times tell. */
    boolean isNew() {
        return text("createdAt").equals(text("updatedAt"));
    }

    /** Epoch milliseconds of an ISO time; 0 if it is none. */
    static long millis(@Nullable String time) {
        try {
            return time == null ? 0 : Instant.parse(time).toEpochMilli();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /** {@code doc} without texts that say nothing, and without what is empty then. */
    static Doc filled(Doc doc) {
        Doc filled = new Doc();
        doc.members().forEach((name, value) -> {
            Object kept = value instanceof Doc part ? filled(part) : value;
            boolean empty =
                    (kept instanceof String text && text.isBlank()) || (kept instanceof Doc part && part.isEmpty());
            if (!empty) {
                filled.with(name, kept);
            }
        });
        return filled;
    }

    /** What it is about; at least the account. */
    List<Affected> affected() {
        List<Affected> all = new ArrayList<>();
        Doc resource = finding.part("resource");
        Doc instance = resource.part("instanceDetails");
        if (instance.text("instanceId") != null) {
            String id = orEmpty(instance.text("instanceId"));
            all.add(new Affected("AwsEc2Instance", id, arn("ec2", "instance/" + id), id));
        }
        for (Doc bucket : JsonText.objects(resource.get("s3BucketDetails"))) {
            String name = orEmpty(bucket.text("name"));
            String arn = bucket.text("arn");
            all.add(new Affected("AwsS3Bucket", arn == null ? "arn:aws:s3:::" + name : arn, arn, name));
        }
        Doc function = resource.part("lambdaDetails");
        if (function.text("functionName") != null) {
            String name = orEmpty(function.text("functionName"));
            String arn = function.text("functionArn");
            all.add(new Affected("AwsLambdaFunction", arn == null ? name : arn, arn, name));
        }
        Doc key = resource.part("accessKeyDetails");
        if (!key.isEmpty()) {
            String user = orEmpty(key.text("userName"));
            String used = orEmpty(key.text("accessKeyId"));
            String id = used.isEmpty() ? user : used;
            String known = id.isEmpty() ? "unknown" : id;
            all.add(new Affected("AwsIamAccessKey", known, null, user.isEmpty() ? known : user));
        }
        if (all.isEmpty()) {
            String account = text("accountId");
            all.add(new Affected("AwsAccount", "AWS::::Account:" + account, null, account));
        }
        return all;
    }

    private String arn(String service, String what) {
        return "arn:" + partition() + ":" + service + ":" + text("region") + ":" + text("accountId") + ":" + what;
    }

    String partition() {
        return finding.text("partition") == null ? "aws" : text("partition");
    }

    /** The details of the action, whatever its kind; empty if there is none. */
    Doc call() {
        for (String kind :
                List.of("networkConnectionAction", "awsApiCallAction", "dnsRequestAction", "rdsLoginAttemptAction")) {
            if (action().get(kind) instanceof Doc details) {
                return details;
            }
        }
        List<Doc> probes = JsonText.objects(action().part("portProbeAction").get("portProbeDetails"));
        return probes.isEmpty() ? new Doc() : probes.getFirst();
    }

    /** Who is on the other side, or null. */
    @Nullable
    Side remote() {
        Doc details = call().part("remoteIpDetails");
        String ip = details.text("ipAddressV4") == null ? details.text("ipAddressV6") : details.text("ipAddressV4");
        return ip == null || ip.isEmpty() ? null : new Side(ip, port("remotePortDetails"), details);
    }

    /** Our side of a connection, or null. */
    @Nullable
    Side local() {
        Doc details = call().part("localIpDetails");
        String ip = details.text("ipAddressV4") == null ? details.text("ipAddressV6") : details.text("ipAddressV4");
        Long port = port("localPortDetails");
        return ip == null && port == null ? null : new Side(ip, port, details);
    }

    private @Nullable Long port(String member) {
        return call().part(member).get("port") instanceof Long port ? port : null;
    }

    /** INBOUND, OUTBOUND or UNKNOWN. */
    String direction() {
        return orEmpty(call().text("connectionDirection")).toUpperCase(Locale.ROOT);
    }
}
