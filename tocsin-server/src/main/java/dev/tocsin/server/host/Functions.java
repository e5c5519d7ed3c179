package dev.tocsin.server.host;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.HostFunction;
import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.ListedAddresses;
import dev.tocsin.core.engine.NameFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.FindingState;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The engine's functions that a host runs. They hold no state, so all shards of a function share one.
 *
 * @param account takes the API calls of an account
 * @param networkInterface takes the flows of an interface
 * @param names takes the name queries of a host
 * @param hosts takes what processes of a host do
 * @param desk takes the signals and facts of an account
 */
record Functions(
        KeyedFunction<ApiCall> account,
        KeyedFunction<Flow> networkInterface,
        KeyedFunction<NameQuery> names,
        KeyedFunction<HostEvent> hosts,
        KeyedFunction<DeskElement> desk) {

    /** The product's functions, with all detectors; nothing is suppressed. */
    static Functions of(EngineServices services) {
        return of(services, finding -> false, null);
    }

    /**
     * The same, where what is {@code hidden} is no signal of an attack sequence.
     *
     * @param chains is shown every chain of signals as it grows; null shows nobody
     */
    static Functions of(EngineServices services, Predicate<FindingState> hidden, @Nullable Consumer<ChainView> chains) {
        return new Functions(
                new AccountFunction(services, Detectors.ALL),
                new InterfaceFunction(services, new ListedAddresses(services.intelligence()), Detectors.ALL),
                new NameFunction(services, Detectors.ALL),
                new HostFunction(services, Detectors.ALL),
                new DeskFunction(Detectors.types(), hidden, chains));
    }
}
