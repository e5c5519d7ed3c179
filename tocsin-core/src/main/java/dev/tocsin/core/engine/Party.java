package dev.tocsin.core.engine;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a call, from where and by which tool. Calls of one party come by the hundred; what follows from these alone is
 * found once.
 */
final class Party {

    private final Identity identity;
    private final @Nullable Caller caller;
    private final @Nullable String userAgent;
    private final boolean endpoint;
    private final boolean byService;
    private final @Nullable Actor actor;
    private final long network;
    private final String tool;
    private final @Nullable NumberedHolder holder;

    /** That of {@code call}, which came from {@code network}. */
    Party(ApiCall call, boolean byService, long network) {
        this.identity = call.identity();
        this.caller = call.caller();
        this.userAgent = call.userAgent();
        this.endpoint = call.vpcEndpointId() != null;
        this.byService = byService;
        this.actor = Actor.of(call);
        this.network = network;
        this.tool = Values.agent(call);
        this.holder = NumberedHolder.of(call.identity());
    }

    /** Whether {@code call} is made by it. */
    boolean makes(ApiCall call, boolean service) {
        return byService == service
                && endpoint == (call.vpcEndpointId() != null)
                && identity.equals(call.identity())
                && Objects.equals(userAgent, call.userAgent())
                && isFrom(call.caller());
    }

    private boolean isFrom(@Nullable Caller other) {
        return caller == null ? other == null : other != null && caller.text().equals(other.text());
    }

    /** Whose habits its calls belong to; null for services and other accounts' callers. */
    @Nullable
    Actor actor() {
        return actor;
    }

    /** Whether AWS acts for itself. */
    boolean byService() {
        return byService;
    }

    /** The resource whose credentials it uses, or null. */
    @Nullable
    NumberedHolder holder() {
        return holder;
    }

    /** The network that it calls from. */
    long network() {
        return network;
    }

    /** What of {@code call}, which it makes, is held against habit. */
    Values values(ApiCall call) {
        return Values.of(call, network, tool);
    }

    /** The same of a call about {@code bucket}. */
    Values valuesOfBucket(ApiCall call, String bucket) {
        return Values.ofBucket(call, bucket, network, tool);
    }
}
