package dev.tocsin.server.host;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over from decoders to the host. All decoders together may be only so far ahead of it, whatever the number and
 * size of objects; the one whose turn it is never waits, so all get their turn.
 */
final class Lookahead {

    /** Records decoded and not yet taken, beyond which decoders wait for their turn. */
    static final int MOST_RECORDS = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition ready = lock.newCondition();
    private @Nullable Decoder turn;
    private int records;

    /**
     * Takes {@code chunk} of {@code decoder}, if need be once there is room.
     *
     * @param more whether more will come from this thread at once, so that the host may sleep on
     */
    void put(Decoder decoder, Chunk chunk, boolean more) throws InterruptedException {
        lock.lock();
        try {
            while (records >= MOST_RECORDS && !decoder.equals(turn)) {
                ready.signal();
                room.await();
            }
            records += chunk.events().size();
            decoder.chunks().add(chunk);
            if (!more) {
                ready.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next chunk of {@code decoder}, whose turn it is now, once it is there. */
    Chunk take(Decoder decoder) throws InterruptedException {
        lock.lock();
        try {
            turn = decoder;
            room.signalAll();
            Chunk chunk = decoder.chunks().poll();
            while (chunk == null) {
                ready.await();
                chunk = decoder.chunks().poll();
            }
            records -= chunk.events().size();
            return chunk;
        } finally {
            lock.unlock();
        }
    }
}
