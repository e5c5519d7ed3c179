package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.KeyedFunctionHostContract;
import java.util.ArrayList;
import java.util.List;

/** The local host without a store. */
final class MemoryHostContractTest extends KeyedFunctionHostContract {

    @Override
    protected boolean restarts() {
        return false;
    }

    /** It keeps the objects themselves as long as it lives, and nothing outlives it. */
    @Override
    protected boolean forgetsChanges() {
        return false;
    }

    @Override
    protected List<String> run(KeyedFunction<String> function, List<Step> steps) {
        List<String> lines = new ArrayList<>();
        FunctionRunner<String> runner = new FunctionRunner<>(function, new Lines(lines));
        for (Step step : steps) {
            switch (step) {
                case Element element -> runner.accept(element.key(), element.text());
                case Time time -> runner.advance(time.at());
                case Restart restart -> {}
            }
        }
        runner.advance(Long.MAX_VALUE);
        return lines;
    }
}
