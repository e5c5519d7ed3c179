package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a store lies: in a file of the data folder, or in the PostgreSQL database that the folder is pointed to. */
public final class StorePlace {

    /** Names the database to every command that is given the folder alone; holds no secret. */
    private static final String POINTER = "store.url";

    private final Path folder;
    private final @Nullable StoreUrl url;

    private StorePlace(Path folder, @Nullable StoreUrl url) {
        this.folder = folder;
        this.url = url;
    }

    /**
     * Where the store of {@code folder} lies, or is to lie.
     *
     * @throws StoreException if the folder's pointer is none
     */
    public static StorePlace in(Path folder) throws StoreException {
        Path pointer = folder.resolve(POINTER);
        if (!Files.exists(pointer)) {
            return new StorePlace(folder, null);
        }
        try {
            return new StorePlace(folder, StoreUrl.of(Files.readString(pointer).strip(), System.getenv()));
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(pointer + ": " + e.getMessage(), e);
        }
    }

    /** The database at {@code url}, to which {@code folder} will point. */
    public static StorePlace of(Path folder, StoreUrl url) {
        return new StorePlace(folder, url);
    }

    /**
     * Where the store of {@code folder} lies.
     *
     * @throws StoreException if there is none
     */
    static StorePlace existing(Path folder) throws StoreException {
        StorePlace place = in(folder);
        if (place.dialect() instanceof Sqlite sqlite && !sqlite.exists()) {
            throw new StoreException(
                    folder + ": no state there; 'tocsin analyze --state " + folder + "' or 'tocsin serve --data "
                            + folder + "' makes it",
                    null);
        }
        return place;
    }

    /** Whether anything is kept there, as far as the folder tells. */
    public boolean exists() {
        return !(dialect() instanceof Sqlite sqlite) || sqlite.exists();
    }

    /** Whether it lies in a database beside which the folder holds keys and lists alone. */
    public boolean isElsewhere() {
        return url != null;
    }

    Dialect dialect() {
        return url == null ? new Sqlite(folder) : new Postgres(url);
    }

    /** Makes the folder, and what in it points to the database. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
        if (url == null) {
            return;
        }
        if (new Sqlite(folder).exists()) {
            throw new StoreException(
                    folder + ": a store in SQLite lies there already, which " + url + " would leave unread; use another"
                            + " folder, or no store url",
                    null);
        }
        Files.writeString(folder.resolve(POINTER), url.url() + "\n");
    }
}
