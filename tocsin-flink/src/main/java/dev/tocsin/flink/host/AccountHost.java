package dev.tocsin.flink.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.wire.Kind;

/** Takes the API calls of an account. */
final class AccountHost extends EventHost<ApiCall> {

    private static final long serialVersionUID = 1;

    AccountHost(Knowledge knowledge) {
        super(knowledge, Kind.CALLS);
    }

    @Override
    KeyedFunction<ApiCall> function(Knowledge.Loaded loaded) {
        return new AccountFunction(loaded.services(), Detectors.ALL);
    }
}
