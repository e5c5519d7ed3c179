package dev.tocsin.server.api.operation;

import dev.tocsin.core.intel.IndicatorList;
import java.util.List;

/**
 * The four kinds of lists that the API knows (F54).
 *
 * @param kind in the store and in an ARN
 * @param operation how operations call one: {@code CreateIPSet}, {@code ListIPSets}
 * @param pathId what a path calls its id
 * @param id what an answer calls its id
 * @param use whose list it is to the engine
 * @param most of them in an account's Region
 * @param dated whether an answer gives its times and why it failed
 */
public record ListKind(
        String kind, String operation, String pathId, String id, IndicatorList.Kind use, int most, boolean dated) {

    private static final ListKind TRUSTED_ADDRESSES =
            new ListKind("ipset", "IPSet", "IpSetId", "ipSetId", IndicatorList.Kind.OPERATOR_TRUSTED, 1, false);
    private static final ListKind THREAT_ADDRESSES = new ListKind(
            "threatintelset",
            "ThreatIntelSet",
            "ThreatIntelSetId",
            "threatIntelSetId",
            IndicatorList.Kind.OPERATOR_THREAT,
            6,
            false);
    private static final ListKind TRUSTED_ENTITIES = new ListKind(
            "trustedentityset",
            "TrustedEntitySet",
            "TrustedEntitySetId",
            "trustedEntitySetId",
            IndicatorList.Kind.OPERATOR_TRUSTED,
            1,
            true);
    private static final ListKind THREAT_ENTITIES = new ListKind(
            "threatentityset",
            "ThreatEntitySet",
            "ThreatEntitySetId",
            "threatEntitySetId",
            IndicatorList.Kind.OPERATOR_THREAT,
            6,
            true);

    /** All four. */
    public static final List<ListKind> ALL =
            List.of(TRUSTED_ADDRESSES, THREAT_ADDRESSES, TRUSTED_ENTITIES, THREAT_ENTITIES);
}
