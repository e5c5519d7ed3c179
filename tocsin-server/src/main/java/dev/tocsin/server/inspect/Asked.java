package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import org.jspecify.annotations.Nullable;

/** What a detector that is asked again may ask: nothing that it remembered. */
record Asked(EngineServices services) implements Context {
    @Override
    public @Nullable Doc recall(Detector detector, String name) {
        return null;
    }

    @Override
    public void remember(Detector detector, String name, @Nullable Doc fact) {}

    @Override
    public Doc geography(Address address) {
        return services.geography().apply(address);
    }

    @Override
    public boolean isOwn(Address address) {
        return services.ownNetworks().stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public @Nullable Integer learnDays() {
        return services.learnDays();
    }

    @Override
    public Intelligence intelligence() {
        return services.intelligence();
    }
}
