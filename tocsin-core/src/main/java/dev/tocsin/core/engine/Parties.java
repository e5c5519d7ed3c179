package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Context;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parties met lately. No state: each holds what follows from a call's own members, so threads may share it. */
final class Parties {

    /** Parties remembered; a power of two. */
    private static final int PLACES = 8_192;

    private final @Nullable Party[] known = new Party[PLACES];
    private final CallerNetworks networks = new CallerNetworks();

    /** Who makes {@code call}. */
    Party of(ApiCall call, Context context) {
        boolean byService = call.byService();
        Caller caller = call.caller();
        int hash = Objects.hashCode(call.identity().principalId());
        hash = 31 * hash + (caller == null ? 0 : caller.text().hashCode());
        hash = 31 * hash + Objects.hashCode(call.userAgent());
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Party near = known[place];
        if (near == null || !near.makes(call, byService)) {
            near = new Party(call, byService, networks.of(call, context));
            known[place] = near;
        }
        return near;
    }

    /** How networks are numbered and called. */
    CallerNetworks networks() {
        return networks;
    }
}
