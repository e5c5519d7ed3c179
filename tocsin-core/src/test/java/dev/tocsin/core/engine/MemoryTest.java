package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.core.desk.FakeKey;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import org.junit.jupiter.api.Test;

final class MemoryTest {

    private static final Detector ONE = Detectors.ALL.get(0);
    private static final Detector OTHER = Detectors.ALL.get(1);
    private static final Doc FACT = new Doc().with("is", true);

    private final FakeKey key = new FakeKey();
    private final Context context = new DetectorContext(EngineServices.NONE, key);

    @Test
    void forgetsTheOldestFactsBeyondTheLimit() {
        context.remember(OTHER, "0", FACT);
        for (int i = 0; i < Context.MEMORY_LIMIT + 3; i++) {
            context.remember(ONE, Integer.toString(i), FACT);
            context.remember(ONE, Integer.toString(i), FACT);
        }
        assertNull(context.recall(ONE, "2"));
        assertNotNull(context.recall(ONE, "3"));
        assertNotNull(context.recall(ONE, Integer.toString(Context.MEMORY_LIMIT + 2)));
        assertNotNull(context.recall(OTHER, "0"), "each detector has a memory of its own");
        assertEquals(Context.MEMORY_LIMIT + 1, key.size(Memory.KIND));
    }

    @Test
    void keepsNothingOfWhatWasForgotten() {
        for (int i = 0; i < 1_000; i++) {
            context.remember(ONE, Integer.toString(i), FACT);
            context.remember(ONE, Integer.toString(i - 2), null);
        }
        assertEquals(2, key.size(Memory.KIND));
        Memory.clear(key);
        assertEquals(0, key.size(Memory.KIND) + key.entries());
    }
}
