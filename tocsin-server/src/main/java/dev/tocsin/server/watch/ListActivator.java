package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.server.api.operation.ListKind;
import dev.tocsin.server.source.Locations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Settles what the API asks of lists: fetches and reads those that are to become active. One thread, in order. */
public final class ListActivator implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ListActivator.class.getName());

    private final Store store;
    private final ListFiles files;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lists").daemon().factory());

    /** Lists of {@code store}, kept in {@code files} once they are active. */
    public ListActivator(Store store, ListFiles files) {
        this.store = store;
        this.files = files;
    }

    /** Takes up what an earlier run of the service left unsettled. */
    public void resume() throws StoreException {
        for (ListKind kind : ListKind.ALL) {
            store.resources(kind.kind()).forEach(this::accept);
        }
    }

    /** Settles {@code list} soon. */
    public void accept(Resource list) {
        worker.execute(() -> settle(list));
    }

    private void settle(Resource list) {
        String status = String.valueOf(list.document().text("status"));
        try {
            switch (status) {
                case "ACTIVATING" -> activate(list, status);
                case "ACTIVE" -> {
                    if (!files.has(list)) {
                        activate(list, status);
                    }
                }
                case "DEACTIVATING" -> become(list, status, "INACTIVE", null);
                case "DELETE_PENDING" -> become(list, status, "DELETED", null);
                default -> {} // settled
            }
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.ERROR, "the list " + list.id() + " stays " + status, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void activate(Resource list, String from) throws StoreException, InterruptedException {
        String location = String.valueOf(list.document().text("location"));
        try (InputStream in = Locations.open(location)) {
            Path fresh = files.fetch(list, in);
            ListReport report = read(list, fresh);
            boolean usable = report.status() != ObjectReport.Status.REFUSED;
            if (usable) {
                files.accept(list);
            }
            become(list, from, usable ? "ACTIVE" : "ERROR", report.message());
        } catch (IOException e) {
            become(list, from, "ERROR", e.getMessage());
        }
    }

    private static ListReport read(Resource list, Path fresh) throws IOException {
        try (InputStream in = Files.newInputStream(fresh)) {
            return ListReader.read(request(list), in, new Intelligence.Builder());
        }
    }

    /** How {@code list} is read. */
    static ListRequest request(Resource list) {
        IndicatorList.Kind use = ListKind.ALL.stream()
                .filter(kind -> kind.kind().equals(list.kind()))
                .map(ListKind::use)
                .findFirst()
                .orElseThrow();
        return ListRequest.of(String.valueOf(list.document().text("name")), use)
                .as(list.document().text("format"))
                .withHashes();
    }

    /** Changes the status if it is still {@code from}: somebody may have asked for something else meanwhile. */
    private void become(Resource list, String from, String to, @Nullable String error) throws StoreException {
        Resource now = store.resource(list.account(), list.region(), list.kind(), list.id());
        if (now != null && from.equals(now.document().text("status"))) {
            Doc document = new Doc().withAll(now.document()).with("status", to).with("errorDetails", error);
            store.write(transaction -> transaction.resource(now.with(document)));
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
