package dev.tocsin.server.source;

import dev.tocsin.input.container.Notice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Objects that messages name, looked up in their buckets, several at once. */
public final class NamedObjects {

    private final S3Source source;
    private final Semaphore requests = new Semaphore(S3Fetch.AT_ONCE);

    /**
     * Objects as {@code role} sees them, if there is one.
     *
     * @throws IOException if the environment names no usable endpoint
     */
    public NamedObjects(@Nullable AssumedRole role) throws IOException {
        this.source = S3Source.fromEnvironment(role);
    }

    /** The URI of {@code name}, as the ledger shows it. */
    public static String uri(Notice.Name name) {
        return new S3Location(name.bucket(), name.key()).toString();
    }

    /**
     * The objects of {@code uris}, in their order. One that is not there, or not for the caller, is an object that cannot be
     * read, and says why when it is.
     *
     * @throws SourceDown if S3 does not answer
     */
    public List<SourceObject> lookUp(List<String> uris) throws SourceDown, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SourceObject>> coming = new ArrayList<>(uris.size());
            uris.forEach(uri -> coming.add(threads.submit(() -> object(uri))));
            List<SourceObject> objects = new ArrayList<>(uris.size());
            for (Future<SourceObject> one : coming) {
                objects.add(one.get());
            }
            return objects;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceDown down) {
                throw down;
            }
            throw new IllegalStateException("an object cannot be looked up", e.getCause());
        }
    }

    private SourceObject object(String uri) throws IOException {
        requests.acquireUninterruptibly();
        try {
            return source.object(S3Location.parse(uri));
        } catch (SourceDown e) {
            throw e;
        } catch (IOException e) {
            return SourceObject.unreadable(uri, 0, 0, String.valueOf(e.getMessage()));
        } finally {
            requests.release();
        }
    }
}
