package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ledger of objects: what was read, and what became of it. */
public final class ReadObjects {

    private static final String LEDGER = "SELECT ledger, name, version FROM object"
            + " UNION ALL SELECT ledger, source, '' FROM folded ORDER BY 2, 3";

    private final Store store;

    /** Those that {@code store} knows of. */
    public ReadObjects(Store store) {
        this.store = store;
    }

    /** Whether {@code object} was read before, as it is now. */
    public boolean wasRead(ObjectIdentity object) throws StoreException {
        return store.query(
                        "SELECT 1 FROM object WHERE name = ? AND size = ? AND version = ? AND settled = 1",
                        ResultSet::next,
                        KeyText.of(object.name()),
                        object.size(),
                        object.version())
                || store.query("SELECT 1 FROM seen WHERE identity = ?", ResultSet::next, Retention.digest(object));
    }

    /** The names of objects that begin with {@code prefix} and are to be read again when they are met again. */
    public List<String> unsettled(String prefix) throws StoreException {
        return store.query(
                "SELECT DISTINCT name FROM object WHERE settled = 0 AND substr(name, 1, ?) = ?",
                rows -> {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return names;
                },
                prefix.length(),
                prefix);
    }

    /** Shows the ledger rows of all objects, old ones folded, to {@code seen}, by name. */
    public void rows(Consumer<Doc> seen) throws StoreException {
        store.query(LEDGER, rows -> {
            int count = 0;
            while (rows.next()) {
                seen.accept(Doc.parse(rows.getString(1)));
                count++;
            }
            return count;
        });
    }

    /** The ledger row, as JSON, of what was read under the name {@code object}, or null; of versions the largest's. */
    public @Nullable String row(String object) throws StoreException {
        return store.<@Nullable String>query(
                "SELECT ledger FROM object WHERE name = ? ORDER BY size DESC, version DESC LIMIT 1",
                rows -> rows.next() ? rows.getString(1) : null,
                KeyText.of(object));
    }
}
