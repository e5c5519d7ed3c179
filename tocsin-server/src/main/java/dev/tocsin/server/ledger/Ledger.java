package dev.tocsin.server.ledger;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;

/** The rows of a run, one an object, in the order of processing. Used by one thread at a time. */
public final class Ledger {

    private static final int COUNTS = 8;

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
        long[] sums = new long[COUNTS];
        for (LedgerRow row : rows) {
            long[] counts = row.counts();
            for (int i = 0; i < COUNTS; i++) {
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
        doc.with("accepted", counts[0])
                .with("duplicates", counts[1])
                .with("ignored", counts[2])
                .with("rejected", counts[3])
                .with("bytes", counts[4]);
        doc.with("conflicts", counts[5] == 0 ? null : counts[5])
                .with("future", counts[6] == 0 ? null : counts[6])
                .with("late", counts[7] == 0 ? null : counts[7]);
    }
}
