package dev.tocsin.server.deliver;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Findings that no detector made: the marked sample of a test, and the digest of many. */
final class Samples {

    /** The type of the sample that a test sends. */
    static final String TEST = "Test:Tocsin/Destination";

    /** The type of a digest. */
    static final String DIGEST = "Digest:Tocsin/ManyFindings";

    private static final String NOBODY = "000000000000";
    private static final String REGION = "us-east-1";
    private static final double LOW = 1.0;

    /** Ids named in a digest; beyond them the console tells. */
    private static final int MOST_NAMED = 100;

    private Samples() {}

    /** A finding that says it is a test of the destination {@code name}, made at {@code now}, epoch milliseconds. */
    static Doc test(String account, String name, long now) {
        Doc additional = new Doc().with("sample", true).with("test", true);
        String who = account.isEmpty() ? NOBODY : account;
        String id = Hash.id("destination test", name, Long.toString(now));
        return finding(new Head(TEST, who, REGION, id, LOW), additional, now, now, 1)
                .with("title", "[TEST] Tocsin can send findings to '" + name + "'.")
                .with(
                        "description",
                        "[TEST] An administrator of Tocsin has tested this destination. Nothing has happened in your"
                                + " accounts, and there is nothing to do.");
    }

    /** One finding in the place of {@code findings}, of which there is at least one. */
    static Doc digest(String id, List<Doc> findings, long now) {
        Doc worst = findings.getFirst();
        String first = Rendering.text(worst.part("service"), "eventFirstSeen");
        String last = Rendering.text(worst.part("service"), "eventLastSeen");
        TreeMap<String, Long> types = new TreeMap<>();
        List<String> ids = new ArrayList<>();
        for (Doc one : findings) {
            Doc service = one.part("service");
            first = earlier(first, Rendering.text(service, "eventFirstSeen"));
            last = earlier(last, Rendering.text(service, "eventLastSeen")).equals(last)
                    ? Rendering.text(service, "eventLastSeen")
                    : last;
            types.merge(Rendering.text(one, "type"), 1L, Long::sum);
            if (ids.size() < MOST_NAMED) {
                ids.add(Rendering.text(one, "id"));
            }
            worst = Rendering.severity(one) > Rendering.severity(worst) ? one : worst;
        }
        Doc counts = new Doc();
        types.forEach(counts::with);
        Doc additional = new Doc()
                .with("digest", true)
                .with("findings", findings.size())
                .with("types", counts)
                .with("worst", worst.text("type"))
                .with("worstId", worst.text("id"))
                .with("findingIds", ids);
        Head head = new Head(
                DIGEST,
                Rendering.text(worst, "accountId"),
                Rendering.text(worst, "region"),
                Hash.id("digest", id),
                Rendering.severity(worst));
        Doc digest = finding(head, additional, now, now, findings.size());
        digest.with(
                "service",
                new Doc()
                        .withAll(digest.part("service"))
                        .with("eventFirstSeen", first)
                        .with("eventLastSeen", last));
        return digest.with("title", findings.size() + " findings, the worst: " + Rendering.text(worst, "title"))
                .with(
                        "description",
                        "More findings came than this destination gets one by one: " + findings.size() + " of "
                                + types.size() + " types, from " + first + " to " + last + ". The worst: "
                                + Rendering.text(worst, "title"));
    }

    private static String earlier(String one, String other) {
        return other.isEmpty() || (!one.isEmpty() && one.compareTo(other) <= 0) ? one : other;
    }

    private record Head(String type, String account, String region, String id, double severity) {}

    private static Doc finding(Head head, Doc additional, long first, long last, long count) {
        String detector = FindingDocument.detectorId(head.account(), head.region());
        Doc service = new Doc()
                .with("serviceName", "guardduty")
                .with("detectorId", detector)
                .with("additionalInfo", additional)
                .with("eventFirstSeen", Times.isoMillis(first))
                .with("eventLastSeen", Times.isoMillis(last))
                .with("archived", false)
                .with("count", count);
        return new Doc()
                .with("schemaVersion", "2.0")
                .with("accountId", head.account())
                .with("region", head.region())
                .with("partition", Partition.of(head.region()))
                .with("id", head.id())
                .with("arn", FindingDocument.arn(head.account(), head.region(), detector, head.id()))
                .with("type", head.type())
                .with("resource", new Doc().with("resourceType", "AccessKey"))
                .with("service", service)
                .with("severity", head.severity())
                .with("createdAt", Times.isoMillis(first))
                .with("updatedAt", Times.isoMillis(last));
    }
}
