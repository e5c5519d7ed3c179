package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.KeyedFunctionHostContract;
import java.util.ArrayList;
import java.util.List;

/** The local host without a store, of whose keys next to none stay in memory. */
final class SpilledHostContractTest extends KeyedFunctionHostContract {

    @Override
    protected boolean restarts() {
        return false;
    }

    /** Only what went out of memory and came back has lost what was changed and not put. */
    @Override
    protected boolean forgetsChanges() {
        return false;
    }

    @Override
    protected List<String> run(KeyedFunction<String> function, List<Step> steps) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Spill spill = new Spill()) {
            FunctionRunner<String> runner = new FunctionRunner<>("function", function, new Lines(lines), spill, 1);
            for (Step step : steps) {
                switch (step) {
                    case Element element -> runner.accept(element.key(), element.text());
                    case Time time -> runner.advance(time.at());
                    case Restart restart -> {}
                }
            }
            runner.advance(Long.MAX_VALUE);
        }
        return lines;
    }
}
