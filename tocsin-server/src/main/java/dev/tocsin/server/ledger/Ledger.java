package dev.tocsin.server.ledger;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;

/** The rows of a run, one an object, in the order of processing. Used by one thread at a time. */
public final class Ledger {

    /** The members of a row that are counts; the last three are left out where they are 0. */
    static final List<String> COUNT_NAMES =
            List.of("accepted", "duplicates", "ignored", "rejected", "bytes", "conflicts", "future", "late");

    private static final int ALWAYS_SHOWN = 5;

    private final List<LedgerRow> rows = new ArrayList<>();

    /** Adds a row. */
    public void add(LedgerRow row) {
        rows.add(row);
    }

    /** The rows so far. */
    public List<LedgerRow> rows() {
        return rows;
    }

    /** How many objects were partial or refused. */
    public long troubled() {
        return rows.stream().filter(LedgerRow::isTroubled).count();
    }

    /** The whole ledger as {@code --ledger} writes it. */
    public Doc toDoc() {
        long[] sums = new long[COUNT_NAMES.size()];
        for (LedgerRow row : rows) {
            long[] counts = row.counts();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
        }
        Doc totals = new Doc();
        writeCounts(totals, sums);
        return new Doc()
                .with("objects", rows.stream().map(LedgerRow::toDoc).toList())
                .with("totals", totals);
    }

    static void writeCounts(Doc doc, long[] counts) {
        for (int i = 0; i < counts.length; i++) {
            doc.with(COUNT_NAMES.get(i), i >= ALWAYS_SHOWN && counts[i] == 0 ? null : counts[i]);
        }
    }
}
