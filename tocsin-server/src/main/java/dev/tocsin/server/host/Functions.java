package dev.tocsin.server.host;

import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Signal;

/**
 * The engine's functions that a host runs. They hold no state, so all shards of a function share one.
 *
 * @param account takes the API calls of an account
 * @param desk takes the signals of an account
 */
record Functions(KeyedFunction<ApiCall> account, KeyedFunction<Signal> desk) {

    /** The product's functions, with all detectors. */
    static Functions of(EngineServices services) {
        return new Functions(new AccountFunction(services, Detectors.of(ApiCallDetector.class)), new DeskFunction());
    }
}
