package dev.tocsin.server.publish;

import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.Filters;
import dev.tocsin.server.api.operation.Findings;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which calls are announced before they are done: those by which somebody who stole a key would blind detection. Archiving
 * counts once it is more than a few findings within an hour, in however many calls.
 */
final class Risk {

    /** Findings that one principal archives within {@link #WINDOW} before it is announced. */
    static final int ARCHIVED = 10;

    private static final Duration WINDOW = Duration.ofHours(1);

    private static final Set<String> ALWAYS = Set.of(
            "AcceptAsUsual",
            "ForgetProfile",
            "UpdateDetector",
            "DeleteDetector",
            "UpdatePublishingDestination",
            "DeletePublishingDestination",
            "UpdateDestination",
            "DeleteDestination",
            "DisableKey",
            "DisableUser",
            "CreateIPSet",
            "UpdateIPSet",
            "CreateTrustedEntitySet",
            "UpdateTrustedEntitySet",
            "UpdateThreatIntelSet",
            "DeleteThreatIntelSet",
            "UpdateThreatEntitySet",
            "DeleteThreatEntitySet",
            "UpdateMemberDetectors",
            "UpdateOrganizationConfiguration",
            "DisassociateMembers",
            "DeleteMembers",
            "StopMonitoringMembers",
            "DisableOrganizationAdminAccount");

    private final Store store;
    private final InstantSource clock;
    private final Map<String, Archived> archived = new HashMap<>();

    private record Archived(long since, int count) {}

    Risk(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether {@code call} is announced. */
    boolean isIn(Call call) throws StoreException {
        return switch (call.operation()) {
            case "ArchiveFindings" ->
                archives(call.caller().principal(), call.texts("findingIds").size());
            case "UpdateFindingsFeedback" -> Findings.NOT_USEFUL.equals(call.text("feedback"));
            case "CreateFilter" -> Filters.ARCHIVE.equals(call.text("action"));
            case "UpdateFilter" -> Filters.ARCHIVE.equals(call.text("action")) || isSuppressing(call);
            default -> ALWAYS.contains(call.operation());
        };
    }

    private boolean isSuppressing(Call call) throws StoreException {
        var filter =
                store.resource(call.caller().account(), call.caller().region(), Filters.KIND, call.text("FilterName"));
        return filter != null && Filters.archives(filter);
    }

    private synchronized boolean archives(String principal, int count) {
        long now = clock.millis();
        archived.values().removeIf(one -> now - one.since() > WINDOW.toMillis());
        Archived before = archived.getOrDefault(principal, new Archived(now, 0));
        int sum = before.count() + count;
        archived.put(principal, new Archived(before.since(), sum >= ARCHIVED ? 0 : sum));
        return sum >= ARCHIVED;
    }
}
