package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a detector remembers while the order of calls is not sure: what is settled, and over it what came since. Forgotten
 * once no call waits.
 */
class EarlyContext extends DetectorContext {

    private static final StateKind<Doc> KIND = StateKind.ofDocs("earlyMemory", 1);
    private static final String COUNT = "";
    private static final String FACT = "fact";

    private final EngineServices services;
    private final KeyContext key;

    EarlyContext(EngineServices services, KeyContext key) {
        super(services, key);
        this.services = services;
        this.key = key;
    }

    @Override
    public @Nullable Doc recall(Detector detector, String name) {
        Doc early = key.get(KIND, Memory.entry(detector, name));
        return early == null ? super.recall(detector, name) : early.at(FACT);
    }

    @Override
    public void remember(Detector detector, String name, @Nullable Doc fact) {
        String entry = Memory.entry(detector, name);
        if (key.get(KIND, entry) == null) {
            Doc counter = key.get(KIND, COUNT);
            long count = counter == null ? 0 : counter.number(COUNT, 0);
            if (count >= Context.MEMORY_LIMIT) {
                return;
            }
            key.put(KIND, COUNT, new Doc().with(COUNT, count + 1));
        }
        key.put(KIND, entry, new Doc().with(FACT, fact));
    }

    /** The same for a call that is to leave no trace. */
    DetectorContext withoutMemory() {
        return new EarlyContext(services, key) {
            @Override
            public void remember(Detector detector, String name, @Nullable Doc fact) {
                // what such a call says of a thing holds for nothing that comes after it
            }
        };
    }

    static void forget(KeyContext key) {
        List<String> names = new ArrayList<>();
        key.forEach(KIND, (name, fact) -> names.add(name));
        names.forEach(name -> key.remove(KIND, name));
    }
}
