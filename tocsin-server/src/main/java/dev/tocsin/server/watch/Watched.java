package dev.tocsin.server.watch;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.GlobalServices;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.server.host.Selection;
import dev.tocsin.server.store.Resource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a detector stands and is enabled, at one moment.
 *
 * @param off features that are switched off, by account and Region of the detectors
 */
public record Watched(Map<String, Map<String, Set<Feature>>> off) {

    /** The tag of a detector by which types of our own that judge behaviour are switched on: {@code ENABLED}. */
    static final String BEHAVIOR_TAG = "tocsin:behavior";

    /** What {@code detectors}, as the store has them, watch. */
    public static Watched of(List<Resource> detectors) {
        Map<String, Map<String, Set<Feature>>> off = new HashMap<>();
        for (Resource detector : detectors) {
            if ("ENABLED".equals(detector.document().text("status"))) {
                off.computeIfAbsent(detector.account(), account -> new HashMap<>())
                        .put(detector.region(), off(detector.document()));
            }
        }
        return new Watched(off);
    }

    private static Set<Feature> off(Doc detector) {
        Set<Feature> off = EnumSet.noneOf(Feature.class);
        if (!"ENABLED".equals(detector.part("tags").text(BEHAVIOR_TAG))) {
            off.add(Feature.TOCSIN_BEHAVIOR);
        }
        if (detector.get("features") instanceof List<?> features) {
            for (Object feature : features) {
                if (feature instanceof Doc doc && !"ENABLED".equals(doc.text("status"))) {
                    named(String.valueOf(doc.text("name")), off);
                }
            }
        }
        return off;
    }

    private static void named(String name, Set<Feature> into) {
        for (Feature feature : Feature.values()) {
            if (feature.name().equals(name)) {
                into.add(feature);
            }
        }
    }

    /** The Regions of {@code account} that have an enabled detector. */
    Collection<String> regions(String account) {
        return off.getOrDefault(account, Map.of()).keySet();
    }

    /**
     * Why {@code event} is left out, or null if it is taken. A global service's event belongs to all Regions.
     *
     * @param ofFunction tells flow records of functions' interfaces
     */
    @Nullable
    String leavesOut(Event event, Predicate<Flow> ofFunction) {
        Map<String, Set<Feature>> regions = off.getOrDefault(event.account(), Map.of());
        Set<Feature> off = regions.get(event.region());
        if (off == null) {
            boolean global = event instanceof ApiCall call && GlobalServices.isGlobal(call);
            return global && !regions.isEmpty() ? null : "no enabled detector in its account and Region";
        }
        return Selection.offFeature(event, off, ofFunction);
    }

    /** Whether {@code finding} is of a feature that its detector has switched off. */
    boolean silences(FindingState finding) {
        FindingType type = Detectors.types().get(finding.type());
        return type != null
                && off.getOrDefault(finding.account(), Map.of())
                        .getOrDefault(finding.region(), Set.of())
                        .contains(type.feature());
    }
}
