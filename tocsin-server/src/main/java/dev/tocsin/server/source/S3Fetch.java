package dev.tocsin.server.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Fetches objects: those announced ahead of their use, a bounded number at once and a bounded number of bytes waiting; the
 * others when they are opened. A distant bucket then costs its bandwidth and not a round trip an object.
 */
final class S3Fetch {

    /** Requests under way at once. */
    static final int AT_ONCE = 16;

    /** Bytes fetched and not yet used, at most. */
    static final int AHEAD_BYTES = 64 * 1024 * 1024;

    /** Largest object held whole; a larger one is read as a stream. */
    static final int WHOLE_BYTES = 16 * 1024 * 1024;

    private final S3Client client;
    private final Semaphore requests = new Semaphore(AT_ONCE);
    private final Semaphore room = new Semaphore(AHEAD_BYTES);
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tocsin-s3-", 0).factory());

    S3Fetch(S3Client client) {
        this.client = client;
    }

    /** An opener of the object {@code at}, which had {@code size} and {@code etag} when it was listed. */
    SourceObject.Opener opener(S3Location at, long size, String etag) {
        return new Fetched(at, size, etag);
    }

    private final class Fetched implements SourceObject.Opener {
        private final S3Location at;
        private final long size;
        private final String etag;
        private @Nullable CompletableFuture<byte[]> coming;

        Fetched(S3Location at, long size, String etag) {
            this.at = at;
            this.size = size;
            this.etag = etag;
        }

        @Override
        public synchronized void announce() {
            if (coming == null && size <= WHOLE_BYTES && room.tryAcquire((int) size)) {
                coming = CompletableFuture.supplyAsync(this::whole, threads);
            }
        }

        @Override
        public InputStream open() throws IOException {
            try {
                CompletableFuture<byte[]> announced = claim();
                if (announced != null) {
                    return new ByteArrayInputStream(await(announced));
                }
                return size <= WHOLE_BYTES ? new ByteArrayInputStream(whole()) : new ResumingStream(this::from);
            } catch (SdkException e) {
                throw S3Errors.explain(e, at.toString(), at);
            }
        }

        private synchronized @Nullable CompletableFuture<byte[]> claim() {
            CompletableFuture<byte[]> claimed = coming;
            coming = null;
            return claimed;
        }

        private byte[] await(CompletableFuture<byte[]> announced) throws IOException {
            try {
                return announced.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(at + ": interrupted");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SdkException known) {
                    throw known;
                }
                throw new IOException(at + ": " + e.getCause(), e);
            } finally {
                room.release((int) size);
            }
        }

        private byte[] whole() {
            requests.acquireUninterruptibly();
            try {
                return client.getObject(request(0), ResponseTransformer.toBytes())
                        .asByteArrayUnsafe();
            } finally {
                requests.release();
            }
        }

        /** A stream over the object's bytes from {@code offset} on. */
        private InputStream from(long offset) throws IOException {
            try {
                return client.getObject(request(offset));
            } catch (SdkException e) {
                throw S3Errors.explain(e, at.toString(), at);
            }
        }

        private GetObjectRequest request(long offset) {
            return GetObjectRequest.builder()
                    .bucket(at.bucket())
                    .key(at.prefix())
                    .ifMatch(etag)
                    .range(offset == 0 ? null : "bytes=" + offset + "-")
                    .build();
        }
    }
}
