package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to run the engine over a store: one process at a time has it, and loses it when it ends, however it ends. */
final class StoreLease implements AutoCloseable {

    private static final String FILE = "tocsin.lock";

    private final FileChannel channel;

    private StoreLease(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lease of {@code folder}.
     *
     * @throws StoreException if another run has it
     */
    static StoreLease take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new StoreException(folder + ": the state is in use by another run", null);
        }
        return new StoreLease(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
