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
        return new Values(
                api(call.service(), call.action()),
                network,
                agent(call).hashCode(),
                call.region().hashCode());
    }

    /** The API {@code action} of {@code service}. */
    public static long api(String service, String action) {
        return (long) service.hashCode() << 32 | (action.hashCode() & 0xFFFF_FFFFL);
    }

    /** The family of the tool that made {@code call}. */
    public static String agent(ApiCall call) {
        return AgentFamily.of(call.userAgent(), call.byService());
    }

    /** The value of {@code feature}, one of {@link Feature#OF_CALLS}. */
    public long of(Feature feature) {
        return switch (feature) {
            case API -> api;
            case NETWORK -> network;
            case AGENT -> agent;
            case REGION -> region;
            case BUCKET, USER_TYPE, USER_NAME -> throw new IllegalArgumentException("no part of a call: " + feature);
        };
    }
}
