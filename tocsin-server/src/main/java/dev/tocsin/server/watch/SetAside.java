package dev.tocsin.server.watch;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.source.QueueMessage;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Messages that lead to no object, each with a row of the ledger. What may be worth another look, since nothing can be made
 * of it, is kept as a file as well: it may go back into the queue once its cause is gone.
 */
public final class SetAside {

    private static final String KIND = "notification";

    private final Store store;
    private final Path folder;

    /** Rows in {@code store}, messages in a folder of {@code data}, which holds all of a service. */
    public SetAside(Store store, Path data) {
        this.store = store;
        this.folder = data.resolve("set-aside");
    }

    /** Accounts for {@code message} of the queue at {@code url}, which is passed over because of {@code reason}. */
    void ignored(String url, QueueMessage message, @Nullable String reason) throws StoreException {
        write(url, message, row -> row.read(KIND, "skipped", 0, 1, 0, size(message), reason));
    }

    /** Keeps {@code message} of the queue at {@code url}, of which nothing can be made because of {@code reason}. */
    void unusable(String url, QueueMessage message, @Nullable String reason) throws IOException {
        PrivateFiles.folder(folder);
        Path file = folder.resolve(message.id().replaceAll("[^0-9A-Za-z-]", "_") + ".txt");
        Files.deleteIfExists(file);
        PrivateFiles.write(file, message.body());
        String text = (reason == null ? "" : reason + "; ") + "set aside as " + folder.getFileName() + "/"
                + file.getFileName() + ", delivered " + message.times() + " times";
        write(url, message, row -> row.read(KIND, "refused", 0, 0, 1, size(message), text));
    }

    private interface Filling {
        void fill(LedgerRow row);
    }

    /** The row bears the message's own name: however often it is delivered, it is one. */
    private void write(String url, QueueMessage message, Filling filling) throws StoreException {
        LedgerRow row = new LedgerRow(url + "/" + message.id());
        filling.fill(row);
        Doc ledger = row.toDoc();
        ObjectIdentity identity = new ObjectIdentity(row.source(), size(message), message.id());
        store.write(transaction -> transaction.object(identity, ledger, true));
    }

    private static long size(QueueMessage message) {
        return message.body().getBytes(StandardCharsets.UTF_8).length;
    }
}
