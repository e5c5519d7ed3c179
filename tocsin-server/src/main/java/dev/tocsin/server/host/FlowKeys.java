package dev.tocsin.server.host;

import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.event.Flow;
import org.jspecify.annotations.Nullable;

/** The engine's keys of the interfaces met lately: one text each, made and digested once instead of for every flow. */
final class FlowKeys {

    /** A power of two. */
    private static final int PLACES = 4_096;

    private final @Nullable Known[] known = new Known[PLACES];

    private record Known(String account, String region, String interfaceId, String key) {
        boolean isOf(Flow flow) {
            return interfaceId.equals(flow.interfaceId())
                    && account.equals(flow.account())
                    && region.equals(flow.region());
        }
    }

    /** The key of {@code flow}. */
    String of(Flow flow) {
        int hash = flow.interfaceId().hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Known here = known[place];
        if (here == null || !here.isOf(flow)) {
            here = new Known(flow.account(), flow.region(), flow.interfaceId(), InterfaceFunction.key(flow));
            known[place] = here;
        }
        return here.key();
    }
}
