package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Guarded;
import dev.tocsin.core.detect.Scanners;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.rule.RulesInForce;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A detector's window on the engine. */
class DetectorContext implements Context {

    private final EngineServices services;
    private final KeyContext key;

    DetectorContext(EngineServices services, KeyContext key) {
        this.services = services;
        this.key = key;
    }

    @Override
    public @Nullable Doc recall(Detector detector, String name) {
        return key.get(Memory.KIND, Memory.entry(detector, name));
    }

    @Override
    public void remember(Detector detector, String name, @Nullable Doc fact) {
        Memory.put(detector, name, fact, key);
    }

    @Override
    public void expire(Detector detector, long now) {
        Memory.expire(detector, now, key);
    }

    @Override
    public Doc geography(Address address) {
        return services.geography().apply(address);
    }

    @Override
    public boolean isOwn(Address address) {
        for (Network network : services.ownNetworks()) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Integer learnDays() {
        return services.learnDays();
    }

    @Override
    public Intelligence intelligence() {
        return services.intelligence();
    }

    @Override
    public Scanners scanners() {
        return services.scanners();
    }

    @Override
    public Set<String> affiliated() {
        return services.affiliated();
    }

    @Override
    public RulesInForce rules() {
        return services.rules();
    }

    @Override
    public Guarded guarded() {
        return services.guardedNow().get();
    }
}
