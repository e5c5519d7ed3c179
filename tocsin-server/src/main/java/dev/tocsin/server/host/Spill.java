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
    private @Nullable Thread atExit;

    /** The store; it is made at the first call. */
    synchronized Store store() {
        try {
            Store made = store;
            if (made == null) {
                Path fresh = Files.createTempDirectory("tocsin-keys");
                folder = fresh;
                atExit = new Thread(() -> deleteQuietly(fresh)); // of a run that is interrupted
                Runtime.getRuntime().addShutdownHook(atExit);
                made = Store.temporary(fresh);
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
        Thread hook = atExit;
        atExit = null;
        if (hook != null) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (StoreException e) {
            System.getLogger(Spill.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
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
