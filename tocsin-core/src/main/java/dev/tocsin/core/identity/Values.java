package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import java.util.List;

/**
 * What of a call is held against habit, as numbers.
 *
 * @param api of service and event name
 * @param network as the engine numbers it: an AS, or a kind of caller that has none
 * @param agent of the tool's family
 * @param place of the Region, or of calls about a bucket of the bucket
 * @param atBucket which of the two
 */
public record Values(long api, long network, long agent, long place, boolean atBucket) {

    /** Those of {@code call}, which came from {@code network} by a tool of the family {@code agent}. */
    public static Values of(ApiCall call, long network, String agent) {
        return new Values(
                api(call.service(), call.action()),
                network,
                agent.hashCode(),
                call.region().hashCode(),
                false);
    }

    /** Those of {@code call} about {@code bucket}. */
    public static Values ofBucket(ApiCall call, String bucket, long network, String agent) {
        return new Values(api(call.service(), call.action()), network, agent.hashCode(), bucket.hashCode(), true);
    }

    /** What they are values of. */
    public List<Feature> features() {
        return atBucket ? Feature.OF_BUCKETS : Feature.OF_CALLS;
    }

    /** The API {@code action} of {@code service}. */
    public static long api(String service, String action) {
        return (long) service.hashCode() << 32 | (action.hashCode() & 0xFFFF_FFFFL);
    }

    /** The family of the tool that made {@code call}. */
    public static String agent(ApiCall call) {
        return AgentFamily.of(call.userAgent(), call.byService());
    }

    /** The value of {@code feature}, one of {@link #features}. */
    public long of(Feature feature) {
        return switch (feature) {
            case API -> api;
            case NETWORK -> network;
            case AGENT -> agent;
            case REGION, BUCKET -> place;
            case USER_TYPE, USER_NAME -> throw new IllegalArgumentException("no part of a call: " + feature);
        };
    }
}
