package dev.tocsin.flink.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.ListedAddresses;
import dev.tocsin.core.event.Flow;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.wire.Kind;

/** Takes the flows of an interface. */
final class InterfaceHost extends EventHost<Flow> {

    private static final long serialVersionUID = 1;

    InterfaceHost(Knowledge knowledge) {
        super(knowledge, Kind.FLOWS);
    }

    @Override
    KeyedFunction<Flow> function(Knowledge.Loaded loaded) {
        return new InterfaceFunction(
                loaded.services(), new ListedAddresses(loaded.services().intelligence()), Detectors.ALL);
    }
}
