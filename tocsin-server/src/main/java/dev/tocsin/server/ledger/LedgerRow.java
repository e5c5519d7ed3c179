package dev.tocsin.server.ledger;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import java.time.Instant;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What became of one object. Counts only grow. */
public final class LedgerRow {

    private final String source;
    private String kind = "unknown";
    private String status = "accepted";
    private long accepted;
    private long duplicates;
    private long ignored;
    private long rejected;
    private long conflicts;
    private long future;
    private long late;
    private long bytes;
    private long firstEvent = Long.MAX_VALUE;
    private long lastEvent = Long.MIN_VALUE;
    private long setAside;
    private long early;
    private @Nullable String message;
    private boolean kept;

    /** A row without counts. */
    public LedgerRow(String source) {
        this.source = source;
    }

    /** What reading the object gave. */
    public void read(
            String kindName,
            String statusName,
            long acceptedRecords,
            long ignoredRecords,
            long rejectedRecords,
            long unpackedBytes,
            @Nullable String text) {
        kind = kindName;
        status = statusName;
        accepted = acceptedRecords;
        ignored += ignoredRecords;
        rejected = rejectedRecords;
        bytes = unpackedBytes;
        message = text;
    }

    /** Notes that the object, which was read before, could not be read again for the rest of its records. */
    public void brokenOff(@Nullable String why) {
        status = status.equals("refused") ? status : "partial";
        rejected++;
        message = message == null ? why : message + "; " + why;
    }

    /** Widens the time span to hold {@code first} to {@code last}, epoch seconds. */
    public void span(long first, long last) {
        firstEvent = Math.min(firstEvent, first);
        lastEvent = Math.max(lastEvent, last);
    }

    /** Counts one record dropped as seen before. */
    public void duplicate() {
        duplicates++;
    }

    /** Counts one record kept although another under its id differs. */
    public void conflict() {
        conflicts++;
    }

    /** Counts one record beyond its object's delivery. */
    public void future() {
        future++;
    }

    /** Counts one record behind the watermark. */
    public void late() {
        late++;
    }

    /** Counts one record, accepted when it was read, that was ignored in favour of another flow log's. */
    public void setAside() {
        setAside++;
    }

    /** Counts one record judged by what was known when it came, although more could have been awaited. */
    public void early() {
        early++;
    }

    /**
     * What {@link #toDoc} gave when the row was kept, with all that {@code later} counted since.
     *
     * @param later counts alone, of the same object
     */
    public static Doc added(Doc kept, LedgerRow later) {
        long[] counts = new long[Ledger.COUNT_NAMES.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = kept.number(Ledger.COUNT_NAMES.get(i), 0) + later.counts()[i];
        }
        Doc sum = new Doc().withAll(kept);
        Ledger.writeCounts(sum, counts);
        String before = kept.text("message");
        String since = later.message();
        return sum.with(
                "message",
                before == null || since == null ? (before == null ? since : before) : before + "; later: " + since);
    }

    /** Notes that a store holds the row as it is now. */
    public void markKept() {
        kept = true;
    }

    /** Whether a store holds the row, so that what is counted now is to be added there. */
    public boolean isKept() {
        return kept;
    }

    /** The object's name. */
    public String source() {
        return source;
    }

    /** accepted, partial, skipped or refused. */
    public String status() {
        return status;
    }

    /** Whether something of it could not be read. */
    public boolean isTroubled() {
        return status.equals("partial") || status.equals("refused");
    }

    /** cloudtrail, vpcflow, dns, lambda, runtime, notification or unknown. */
    public String kind() {
        return kind;
    }

    /** What a person should know of it, or null. */
    public @Nullable String message() {
        StringJoiner all = new StringJoiner("; ");
        if (message != null) {
            all.add(message);
        }
        if (setAside > 0) {
            all.add("ignored " + setAside + ": second flow log");
        }
        if (early > 0) {
            all.add("note: " + early
                    + " flows judged by what was known when they came; too many of their minute waited");
        }
        return all.length() == 0 ? null : all.toString();
    }

    /** Unpacked size. */
    public long bytes() {
        return bytes;
    }

    /** Records dropped as seen before, set aside on purpose, and unreadable. */
    public long notUsed() {
        return duplicates + ignored + setAside + rejected;
    }

    /** Records known and not for us. */
    public long ignored() {
        return ignored + setAside;
    }

    /** Records that could not be read. */
    public long rejected() {
        return rejected;
    }

    /** Records handed to detection before duplicates were dropped. */
    public long accepted() {
        return accepted - setAside;
    }

    /** Records kept although another under their id differs. */
    public long conflicts() {
        return conflicts;
    }

    /** Time of the earliest event, epoch seconds; {@link Long#MAX_VALUE} without events. */
    public long firstEvent() {
        return firstEvent;
    }

    /** Time of the latest event, epoch seconds; {@link Long#MIN_VALUE} without events. */
    public long lastEvent() {
        return lastEvent;
    }

    /** The counts in the ledger's order, for sums. */
    long[] counts() {
        return new long[] {accepted(), duplicates, ignored + setAside, rejected, bytes, conflicts, future, late};
    }

    /** The row that {@link #toDoc} gave. */
    public static LedgerRow of(Doc state) {
        LedgerRow row = new LedgerRow(String.valueOf(state.text("source")));
        row.read(
                String.valueOf(state.text("kind")),
                String.valueOf(state.text("status")),
                state.number("accepted", 0),
                state.number("ignored", 0),
                state.number("rejected", 0),
                state.number("bytes", 0),
                state.text("message"));
        row.duplicates = state.number("duplicates", 0);
        row.conflicts = state.number("conflicts", 0);
        row.future = state.number("future", 0);
        row.late = state.number("late", 0);
        String first = state.text("firstEvent");
        String last = state.text("lastEvent");
        if (first != null && last != null) {
            row.span(Instant.parse(first).getEpochSecond(), Instant.parse(last).getEpochSecond());
        }
        return row;
    }

    /** The row as {@code --ledger} writes it. */
    public Doc toDoc() {
        Doc doc = new Doc().with("source", source).with("kind", kind).with("status", status);
        Ledger.writeCounts(doc, counts());
        return doc.with("firstEvent", firstEvent == Long.MAX_VALUE ? null : Times.iso(firstEvent))
                .with("lastEvent", lastEvent == Long.MIN_VALUE ? null : Times.iso(lastEvent))
                .with("message", message());
    }
}
