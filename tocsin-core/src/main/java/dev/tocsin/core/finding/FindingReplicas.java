package dev.tocsin.core.finding;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.event.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Gives a finding to the detectors it belongs to: that of the event's Region, and for a global service's event those of
 * all enabled Regions of the account. The one of the event's own Region is the original.
 */
public final class FindingReplicas {

    private FindingReplicas() {}

    /**
     * {@code finding} and its replicas, the original first, then by Region; a finding that is not global alone. Where the
     * event's own Region has no detector there are replicas only, and none for a finding that is not global.
     */
    public static List<FindingState> expand(FindingState finding, Collection<String> enabledRegions) {
        List<FindingState> all = new ArrayList<>();
        if (enabledRegions.contains(finding.region())) {
            all.add(finding);
        }
        if (isGlobal(finding)) {
            for (String region : new TreeSet<>(enabledRegions)) {
                if (!region.equals(finding.region()) && samePartition(region, finding.region())) {
                    all.add(replica(finding, region));
                }
            }
        }
        return all;
    }

    /** What people are shown of {@link #expand}: the original, or one replica where there is none; empty for nobody's. */
    public static List<FindingState> shown(FindingState finding, Collection<String> enabledRegions) {
        List<FindingState> all = expand(finding, enabledRegions);
        return all.isEmpty() ? all : List.of(all.getFirst());
    }

    /** Whether a global service's event stands behind it. */
    public static boolean isGlobal(FindingState finding) {
        return Boolean.TRUE.equals(finding.document().part("tocsin").get("global"));
    }

    private static boolean samePartition(String one, String other) {
        return Partition.of(one).equals(Partition.of(other));
    }

    private static FindingState replica(FindingState finding, String region) {
        Doc original = finding.document();
        String detector = Hash.id("detector", finding.account(), region);
        String id = Hash.id("replica", finding.id(), region);
        String arn = "arn:" + Partition.of(region) + ":guardduty:" + region + ":" + finding.account() + ":detector/"
                + detector + "/finding/" + id;
        Doc document = new Doc()
                .withAll(original)
                .with("region", region)
                .with("id", id)
                .with("arn", arn)
                .with("service", new Doc().withAll(original.part("service")).with("detectorId", detector))
                .with("tocsin", new Doc().withAll(original.part("tocsin")).with("replicaOf", original.text("arn")));
        return new FindingState(
                id,
                finding.type(),
                finding.account(),
                region,
                finding.revision(),
                finding.firstSeen(),
                finding.lastSeen(),
                finding.severity(),
                document);
    }
}
