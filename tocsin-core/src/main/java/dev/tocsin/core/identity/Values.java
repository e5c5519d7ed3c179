package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;

/**
 * What of a call is held against habit, as numbers.
 *
 * @param api of service and event name
 * @param network as the engine numbers it: an AS, or a kind of caller that has none
 * @param agent of the tool's family
 * @param region of the Region
 */
public record Values(long api, long network, long agent, long region) {

    /** Those of {@code call}, which came from {@code network}. */
    public static Values of(ApiCall call, long network) {
        String family = AgentFamily.of(call.userAgent(), call.byService());
        return new Values(
                (long) call.service().hashCode() << 32 | (call.action().hashCode() & 0xFFFF_FFFFL),
                network,
                family.hashCode(),
                call.region().hashCode());
    }

    long of(Feature feature) {
        return switch (feature) {
            case API -> api;
            case NETWORK -> network;
            case AGENT -> agent;
            case REGION -> region;
        };
    }
}
