package dev.tocsin.core.finding;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the desk holds it now. A store takes it only if its revision is higher than what it has.
 *
 * <p>The document is written out when it is first asked for: a finding that goes on growing is put into words once, not
 * once a record. One that its desk has told anew since says then what the later one says; whoever keeps states by id and
 * revision keeps the later one anyway.
 */
public final class FindingState {

    private final String id;
    private final String type;
    private final String account;
    private final String region;
    private final long revision;
    private final long firstSeen;
    private final long lastSeen;
    private final double severity;
    private final boolean folded;
    private final Supplier<Doc> words;
    private @Nullable Doc document;

    private FindingState(FindingState of, boolean folded, Supplier<Doc> words) {
        this.id = of.id;
        this.type = of.type;
        this.account = of.account;
        this.region = of.region;
        this.revision = of.revision;
        this.firstSeen = of.firstSeen;
        this.lastSeen = of.lastSeen;
        this.severity = of.severity;
        this.folded = folded;
        this.words = words;
    }

    /**
     * A finding whose document is there.
     *
     * @param id 32 lowercase hex digits, made from detector, type, resource and aggregation
     * @param type the finding type's name
     * @param account the detector's account
     * @param region the detector's Region
     * @param revision raised with each change
     * @param firstSeen epoch seconds of the earliest activity
     * @param lastSeen epoch seconds of the latest
     * @param severity 1.0 to 10.0
     * @param document the finding in the export form (additionalInfo expanded), with the member {@code tocsin}
     */
    public FindingState(
            String id,
            String type,
            String account,
            String region,
            long revision,
            long firstSeen,
            long lastSeen,
            double severity,
            Doc document) {
        this.id = id;
        this.type = type;
        this.account = account;
        this.region = region;
        this.revision = revision;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
        this.severity = severity;
        this.folded = isOut(document.part("tocsin"));
        this.words = () -> document;
        this.document = document;
    }

    private FindingState(FindingEntry entry, boolean folded, Supplier<Doc> words) {
        this.id = entry.id();
        this.type = entry.type();
        this.account = entry.account();
        this.region = entry.region();
        this.revision = entry.revision();
        this.firstSeen = entry.first();
        this.lastSeen = entry.last();
        this.severity = entry.severity();
        this.folded = folded;
        this.words = words;
    }

    /**
     * {@code entry} as it is now.
     *
     * @param folded see {@link #isFolded}
     * @param words writes the document when it is first asked for
     */
    public static FindingState of(FindingEntry entry, boolean folded, Supplier<Doc> words) {
        return new FindingState(entry, folded, words);
    }

    /** The same with another document. */
    public FindingState with(Doc changed) {
        return new FindingState(this, isOut(changed.part("tocsin")), () -> changed);
    }

    /** 32 lowercase hex digits. */
    public String id() {
        return id;
    }

    /** The finding type's name. */
    public String type() {
        return type;
    }

    /** The detector's account. */
    public String account() {
        return account;
    }

    /** The detector's Region. */
    public String region() {
        return region;
    }

    /** Raised with each change. */
    public long revision() {
        return revision;
    }

    /** Epoch seconds of the earliest activity. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Epoch seconds of the latest activity. */
    public long lastSeen() {
        return lastSeen;
    }

    /** 1.0 to 10.0. */
    public double severity() {
        return severity;
    }

    /** The finding in the export form (additionalInfo expanded), with the member {@code tocsin}. Not for two threads. */
    public Doc document() {
        Doc written = document;
        if (written == null) {
            written = words.get();
            document = written;
        }
        return written;
    }

    /** The member of {@code tocsin} that says that an earlier record, which came later, proved the finding wrong. */
    public static final String WITHDRAWN = "withdrawn";

    /** Whether {@code marks}, members of {@code tocsin}, say that it does not stand by itself, see {@link #isFolded}. */
    public static boolean isOut(Doc marks) {
        return marks.get("foldedInto") != null || marks.get(WITHDRAWN) != null;
    }

    /**
     * Whether it no longer stands by itself: it is part of a roll-up, which {@code tocsin.foldedInto} names, or proved
     * wrong.
     */
    public boolean isFolded() {
        return folded;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FindingState that
                && revision == that.revision
                && id.equals(that.id)
                && document().equals(that.document());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, revision);
    }

    @Override
    public String toString() {
        return type + " " + id + " revision " + revision + " " + document();
    }
}
