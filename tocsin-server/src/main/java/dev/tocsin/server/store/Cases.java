package dev.tocsin.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people do about findings: who looks after one, how far it is, why it was closed, and notes, which are only added. It
 * stands beside the finding, and no new state of the finding touches it.
 */
public final class Cases {

    /** What a query for findings names the status by. */
    public static final String STATUS = "tocsin.case.status";

    /** What a query for findings names the owner by. */
    public static final String OWNER = "tocsin.case.owner";

    private final Store store;

    /** How far work on a finding is. */
    public enum Status {
        NEW,
        IN_PROGRESS,
        CLOSED
    }

    /** Why a case was closed. */
    public enum Reason {
        /** It was an attack, or a fault, and is dealt with. */
        RESOLVED,
        /** It happened, and was meant to. */
        EXPECTED,
        /** It did not happen as the finding says. */
        FALSE_POSITIVE,
        /** Another finding's case has it. */
        DUPLICATE
    }

    /**
     * A case.
     *
     * @param owner who looks after it, or empty
     * @param reason why it was closed; null while it is not
     * @param changed epoch milliseconds of the last change; 0 if there was none
     */
    public record Case(
            Status status, String owner, @Nullable Reason reason, long changed) {}

    /**
     * What somebody wrote.
     *
     * @param time epoch milliseconds
     */
    public record Note(long time, String author, String text) {}

    /**
     * What is changed; null members stay.
     *
     * @param reason why it is closed; with another status there is none
     * @param note added
     * @param author of the change
     */
    public record Change(
            @Nullable Status status,
            @Nullable String owner,
            @Nullable Reason reason,
            @Nullable String note,
            String author) {}

    /** The cases of {@code store}'s findings. */
    public Cases(Store store) {
        this.store = store;
    }

    /** The cases of those of {@code ids} that are findings. */
    public Map<String, Case> of(List<String> ids) throws StoreException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return store.query(
                "SELECT id, case_status, case_owner, case_reason, case_changed FROM finding WHERE id IN " + marks(ids),
                rows -> {
                    Map<String, Case> cases = new HashMap<>();
                    while (rows.next()) {
                        String reason = rows.getString(4);
                        cases.put(
                                rows.getString(1),
                                new Case(
                                        Status.valueOf(rows.getString(2)),
                                        rows.getString(3),
                                        reason.isEmpty() ? null : Reason.valueOf(reason),
                                        rows.getLong(5)));
                    }
                    return cases;
                },
                ids.toArray());
    }

    /** The notes on the finding {@code id}, the first one first. */
    public List<Note> notes(String id) throws StoreException {
        return store.query(
                "SELECT time, author, text FROM case_note WHERE finding = ? ORDER BY number",
                rows -> {
                    List<Note> notes = new ArrayList<>();
                    while (rows.next()) {
                        notes.add(new Note(rows.getLong(1), rows.getString(2), rows.getString(3)));
                    }
                    return notes;
                },
                id);
    }

    /**
     * Makes {@code change} to the cases of {@code ids}; those that are no findings are left out.
     *
     * @param now epoch milliseconds
     */
    public void change(List<String> ids, Change change, long now) throws StoreException {
        store.write(transaction -> {
            for (String id : ids) {
                // It also locks the row, so that numbers of notes are given out one after the other.
                if (update(transaction, id, change, now) > 0 && change.note() != null) {
                    transaction.update(
                            "INSERT INTO case_note (finding, number, time, author, text) VALUES (?,"
                                    + " (SELECT COALESCE(MAX(number), 0) + 1 FROM case_note WHERE finding = ?), ?, ?, ?)",
                            id,
                            id,
                            now,
                            change.author(),
                            change.note());
                }
            }
        });
    }

    private static int update(StoreTransaction transaction, String id, Change change, long now) throws IOException {
        StringBuilder set = new StringBuilder("case_changed = ?");
        List<Object> values = new ArrayList<>(List.of(now));
        Status status = change.status();
        if (status != null) {
            set.append(", case_status = ?, case_reason = ?");
            values.add(status.name());
            Reason reason = change.reason();
            values.add(status == Status.CLOSED && reason != null ? reason.name() : "");
        }
        String owner = change.owner();
        if (owner != null) {
            set.append(", case_owner = ?");
            values.add(owner);
        }
        values.add(id);
        return transaction.update("UPDATE finding SET " + set + " WHERE id = ?", values.toArray());
    }

    private static String marks(List<String> items) {
        return "(" + String.join(", ", Collections.nCopies(items.size(), "?")) + ")";
    }
}
