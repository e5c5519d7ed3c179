package dev.tocsin.server.command;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.Times;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * A call that nobody made: DescribeRegions by a user called {@code tocsin-selftest-...}, which has no rights and is nowhere,
 * from an address of documentation's, with the user agent of Kali Linux.
 *
 * @param account whose log it stands in
 * @param region where
 * @param user the marked name
 * @param at when
 */
record MarkedEvent(String account, String region, String user, Instant at) {

    /** The type of its finding. */
    static final String TYPE = "PenTest:IAMUser/KaliLinux";

    private static final String ADDRESS = "192.0.2.77";
    private static final String AGENT = "tocsin-selftest aws-cli/2.0 Python/3.12 Linux/6.6.9-kali1-amd64";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How it comes to the service. */
    interface Way {
        /** Writes it; where. */
        String write(MarkedEvent event) throws IOException, InterruptedException;

        /** Whether the service reads it as an object of a source. */
        boolean isRead();

        /** Takes away what was written; says so. */
        String remove(String name);
    }

    /** One of {@code account} at {@code at}, unlike any before. */
    static MarkedEvent of(String account, String region, Instant at) {
        return new MarkedEvent(account, region, "tocsin-selftest-" + at.toEpochMilli(), at);
    }

    /** Where CloudTrail would write it, below a trail's prefix. */
    String key() {
        return "AWSLogs/" + account + "/CloudTrail/" + region + "/" + DAY.format(at) + "/" + account + "_CloudTrail_"
                + region + "_" + NAME.format(at) + "_tocsinSelftest" + at.toEpochMilli() + ".json.gz";
    }

    /** The object that CloudTrail would write. */
    byte[] object() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(new Doc().with("Records", List.of(record())).toJson().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private Doc record() {
        Doc identity = new Doc()
                .with("type", "IAMUser")
                .with("principalId", "AIDATOCSINSELFTEST000")
                .with("arn", arn())
                .with("accountId", account)
                .with("accessKeyId", "AKIATOCSINSELFTEST00")
                .with("userName", user);
        return new Doc()
                .with("eventVersion", "1.09")
                .with("userIdentity", identity)
                .with("eventTime", Times.iso(at.getEpochSecond()))
                .with("eventSource", "ec2.amazonaws.com")
                .with("eventName", "DescribeRegions")
                .with("awsRegion", region)
                .with("sourceIPAddress", ADDRESS)
                .with("userAgent", AGENT)
                .with("requestID", UUID.randomUUID().toString())
                .with("eventID", UUID.randomUUID().toString())
                .with("readOnly", true)
                .with("eventType", "AwsApiCall")
                .with("managementEvent", true)
                .with("recipientAccountId", account)
                .with("eventCategory", "Management");
    }

    private String arn() {
        return "arn:" + Partition.of(region) + ":iam::" + account + ":user/" + user;
    }

    /** What an engine elsewhere would hand in for it. */
    Doc handedIn() {
        String id = Hash.id("selftest", account, region, user);
        String time = Times.iso(at.getEpochSecond());
        String detector = FindingDocument.detectorId(account, region);
        Doc call = new Doc()
                .with("api", "DescribeRegions")
                .with("serviceName", "ec2.amazonaws.com")
                .with("callerType", "Remote IP")
                .with("remoteIpDetails", new Doc().with("ipAddressV4", ADDRESS));
        Doc service = new Doc()
                .with("serviceName", "guardduty")
                .with("detectorId", detector)
                .with("action", new Doc().with("actionType", "AWS_API_CALL").with("awsApiCallAction", call))
                .with("resourceRole", "TARGET")
                .with("additionalInfo", new Doc().with("selftest", true))
                .with("eventFirstSeen", time)
                .with("eventLastSeen", time)
                .with("archived", false)
                .with("count", 1);
        Doc key = new Doc()
                .with("accessKeyId", "AKIATOCSINSELFTEST00")
                .with("userName", user)
                .with("userType", "IAMUser");
        Doc document = new Doc()
                .with("schemaVersion", "2.0")
                .with("accountId", account)
                .with("region", region)
                .with("partition", Partition.of(region))
                .with("id", id)
                .with("arn", FindingDocument.arn(account, region, detector, id))
                .with("type", TYPE)
                .with("resource", new Doc().with("resourceType", "AccessKey").with("accessKeyDetails", key))
                .with("service", service)
                .with("severity", 5.0)
                .with("createdAt", time)
                .with("updatedAt", time)
                .with("title", "[SELFTEST] API DescribeRegions was invoked from a Kali Linux computer.")
                .with(
                        "description",
                        "[SELFTEST] 'tocsin selftest --live' made this; nothing happened in your account.");
        return new Doc()
                .with(
                        "findings",
                        List.of(new Doc()
                                .with("id", id)
                                .with("type", TYPE)
                                .with("account", account)
                                .with("region", region)
                                .with("revision", 1)
                                .with("firstSeen", time)
                                .with("lastSeen", time)
                                .with("severity", 5.0)
                                .with("document", document)));
    }
}
