package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A lease that is the lock of a file beside the store. */
final class FileLease implements StoreLease {

    private static final String FILE = "tocsin.lock";

    private final FileChannel channel;
    private @Nullable WalMover mover;

    private FileLease(FileChannel channel) {
        this.channel = channel;
    }

    /** The same, and as long as it is held {@code beside} works. */
    FileLease with(WalMover beside) {
        mover = beside;
        return this;
    }

    /**
     * Takes the lease of {@code folder}.
     *
     * @throws StoreException if another run has it
     */
    static FileLease take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw StoreLease.inUse(folder.toString());
        }
        return new FileLease(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    @Override
    public @Nullable Session session() {
        return null;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (mover != null) {
                mover.close();
            }
        }
    }
}
