package dev.tocsin.flink.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.HostFunction;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.wire.Kind;

/** Takes what processes of a machine do. */
final class MachineHost extends EventHost<HostEvent> {

    private static final long serialVersionUID = 1;

    MachineHost(Knowledge knowledge) {
        super(knowledge, Kind.HOSTS);
    }

    @Override
    KeyedFunction<HostEvent> function(Knowledge.Loaded loaded) {
        return new HostFunction(loaded.services(), Detectors.ALL);
    }
}
