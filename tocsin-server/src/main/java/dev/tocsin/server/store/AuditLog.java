package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for what, when, and what came of it. A row is written before what it tells of is done, so that nothing is done
 * without one; a row without an outcome is of something that the end of the process interrupted.
 */
public final class AuditLog {

    /** How long rows are kept. */
    public static final Duration KEPT = Duration.ofDays(400);

    private final Store store;

    /** The log in {@code store}. */
    public AuditLog(Store store) {
        this.store = store;
    }

    /**
     * What is asked for.
     *
     * @param principal an access key's id, {@code user/NAME}, or {@code command line/NAME}
     * @param account whose it is
     * @param region where, or empty
     * @param action GuardDuty's operation, or in our own words
     * @param request what was given with it; no secrets
     * @param peer address of who asked, or empty
     */
    public record Asked(String principal, String account, String region, String action, Doc request, String peer) {}

    /**
     * Writes that {@code asked} is asked for; gives the row's id.
     *
     * @param now epoch milliseconds
     */
    public String begin(Asked asked, long now) throws StoreException {
        String id = String.format(Locale.ROOT, "%015d-%s", now, UUID.randomUUID());
        Doc document = new Doc()
                .with("time", Times.isoMillis(now))
                .with("principal", asked.principal())
                .with("accountId", asked.account())
                .with("region", asked.region())
                .with("action", asked.action())
                .with("request", asked.request())
                .with("peer", asked.peer());
        String tooOld = String.format(Locale.ROOT, "%015d", Math.max(0, now - KEPT.toMillis()));
        store.write(transaction -> {
            transaction.update("DELETE FROM audit WHERE id < ?", tooOld);
            transaction.update(
                    "INSERT INTO audit (id, account, outcome, document) VALUES (?, ?, '', ?)",
                    id,
                    asked.account(),
                    document.toJson());
        });
        return id;
    }

    /** Writes what came of the row {@code id}: {@code done}, or an error's class. */
    public void end(String id, String outcome) throws StoreException {
        store.write(transaction -> transaction.update("UPDATE audit SET outcome = ? WHERE id = ?", outcome, id));
    }

    /**
     * Rows of accounts that {@code seen} holds for, the newest first.
     *
     * @param before an id, of which older ones are given, or null for the newest
     * @param limit rows at most
     */
    public List<Doc> rows(Predicate<@Nullable String> seen, @Nullable String before, int limit) throws StoreException {
        String from = before == null ? "9" : before;
        return store.query(
                "SELECT id, account, outcome, document FROM audit WHERE id < ? ORDER BY id DESC",
                rows -> {
                    List<Doc> found = new ArrayList<>();
                    while (found.size() < limit && rows.next()) {
                        if (seen.test(rows.getString(2))) {
                            String outcome = rows.getString(3);
                            found.add(new Doc()
                                    .with("id", rows.getString(1))
                                    .withAll(Doc.parse(rows.getString(4)))
                                    .with("outcome", outcome.isEmpty() ? "unknown" : outcome));
                        }
                    }
                    return found;
                },
                from);
    }
}
