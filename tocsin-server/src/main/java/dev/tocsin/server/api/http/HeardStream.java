package dev.tocsin.server.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A body whose sender must not fall silent: the server itself would wait for ever, whatever its read timeout (Helidon 4.5). */
final class HeardStream extends FilterInputStream {

    /** Longest silence. Ours: a connection that lives says something within it. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("silent-requests").factory());

    private boolean broken;

    HeardStream(InputStream in) {
        super(in);
    }

    /** Whether reading has failed: the rest of the body will not come, and nothing else by this connection. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IOException also where the server has exceptions of its own: a body that ends early or is badly cut into chunks */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Future<?> end = WATCH.schedule(Thread.currentThread()::interrupt, SILENCE.toSeconds(), TimeUnit.SECONDS);
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) { // the server has no common class for what breaks while it reads
            broken = true;
            throw new IOException("the body ends early, falls silent or is badly cut into chunks", e);
        } finally {
            if (!end.cancel(false)) {
                Thread.interrupted(); // it came as the read ended, and must not hit what follows
            }
        }
    }

    /** Does nothing: the server would read the rest of the body first. */
    @Override
    public void close() {}
}
