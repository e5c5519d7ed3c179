package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry of state that cannot be read does not stop the engine: it is kept for a person, and begins anew. */
final class DamagedStateTest {

    private static final StateKind<Doc> GOOD = new StateKind<>("memory", 1, new StateKind.Codec<>() {
        @Override
        public void write(Doc state, com.fasterxml.jackson.core.JsonGenerator out) throws IOException {
            state.write(out);
        }

        @Override
        public Doc read(com.fasterxml.jackson.core.JsonParser in, int version) throws IOException {
            in.nextToken();
            Doc doc = Doc.read(in);
            if (doc.get("damaged") != null) {
                throw new IOException("an unexpected byte");
            }
            return doc;
        }
    });

    @TempDir
    private Path folder;

    @Test
    void isSetAsideAndBeginsAnew() throws Exception {
        try (Store store = Store.open(folder)) {
            StateBlock block = new StateBlock();
            block.put("function", "key", "memory", "name", Packed.of(new Doc().with("damaged", true)));
            store.checkpoint(block, transaction -> {});
            FunctionRunner<String> runner = new FunctionRunner<>(
                    "function",
                    new dev.tocsin.core.engine.KeyedFunction<>() {
                        @Override
                        public void onElement(
                                String element,
                                dev.tocsin.core.engine.KeyContext context,
                                dev.tocsin.core.engine.Output output) {
                            assertEquals(null, context.get(GOOD, "name"));
                            context.put(GOOD, "name", new Doc().with("said", element));
                        }

                        @Override
                        public void onTimer(
                                long at,
                                dev.tocsin.core.engine.KeyContext context,
                                dev.tocsin.core.engine.Output output) {}
                    },
                    new Lines(new java.util.ArrayList<>()),
                    store,
                    0,
                    key -> true);
            runner.accept("key", "hello");
            StateBlock saved = new StateBlock();
            runner.save(saved);
            store.checkpoint(saved, transaction -> {});
            assertNotNull(store.state().entry("function", "key", "memory.damaged", "name"));
            Packed now = store.state().entry("function", "key", "memory", "name");
            assertNotNull(now);
            assertEquals("hello", now.unpack(GOOD).text("said"));
        }
    }
}
