package dev.tocsin.flink.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.NameFunction;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.wire.Kind;

/** Takes the name queries of a host. */
final class NameHost extends EventHost<NameQuery> {

    private static final long serialVersionUID = 1;

    NameHost(Knowledge knowledge) {
        super(knowledge, Kind.QUERIES);
    }

    @Override
    KeyedFunction<NameQuery> function(Knowledge.Loaded loaded) {
        return new NameFunction(loaded.services(), Detectors.ALL);
    }
}
