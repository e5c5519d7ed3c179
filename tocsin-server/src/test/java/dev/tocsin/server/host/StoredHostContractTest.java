package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.KeyedFunctionHostContract;
import dev.tocsin.server.store.Database;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The local host over a store; a restart reads all from it. Memory holds next to nothing between steps. */
@ParameterizedClass
@EnumSource
final class StoredHostContractTest extends KeyedFunctionHostContract {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Database database;

    @TempDir
    private Path folder;

    private int run;

    @Override
    protected List<String> run(KeyedFunction<String> function, List<Step> steps) throws Exception {
        run++;
        Path place = folder.resolve("run" + run);
        database.prepare(place);
        List<String> lines = new ArrayList<>();
        Store store = Store.open(place);
        FunctionRunner<String> runner = runner(function, lines, store, Long.MIN_VALUE);
        for (Step step : steps) {
            switch (step) {
                case Element element -> runner.accept(element.key(), element.text());
                case Time time -> runner.advance(time.at());
                case Restart restart -> {
                    write(store, runner);
                    store.close();
                    store = Store.open(place);
                    runner = runner(function, lines, store, runner.watermark());
                }
            }
            write(store, runner);
            runner.saved(0);
        }
        runner.advance(Long.MAX_VALUE);
        store.close();
        return lines;
    }

    private static void write(Store store, FunctionRunner<String> runner) throws Exception {
        StateBlock block = new StateBlock();
        runner.save(block);
        store.checkpoint(block, transaction -> {});
    }

    private static FunctionRunner<String> runner(
            KeyedFunction<String> function, List<String> lines, Store store, long watermark) throws Exception {
        return new FunctionRunner<>("function", function, new Lines(lines), store, watermark, key -> true);
    }
}
