package dev.tocsin.server.host;

import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a run that keeps no state go when there are too many for memory: a temporary store, made when it is
 * needed and deleted at the end.
 */
final class Spill implements AutoCloseable {

    /** Keys that one runner keeps in memory: with 16 shards a function, about 100,000, some 300 MB of interfaces. */
    static final int MOST_KEYS = 6_000;

    private @Nullable Path folder;
    private @Nullable Store store;

    /** The store; it is made at the first call. */
    synchronized Store store() {
        try {
            Store made = store;
            if (made == null) {
                folder = Files.createTempDirectory("tocsin-keys");
                made = Store.temporary(folder);
                store = made;
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws StoreException {
        Path made = folder;
        Store opened = store;
        folder = null;
        store = null;
        if (opened != null) {
            opened.close();
        }
        if (made != null) {
            delete(made);
        }
    }

    private static void delete(Path folder) throws StoreException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : all) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StoreException(folder + ": cannot be deleted: " + e.getMessage(), e);
        }
    }
}
