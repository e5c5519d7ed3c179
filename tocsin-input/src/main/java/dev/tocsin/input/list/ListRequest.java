package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.IndicatorList;
import org.jspecify.annotations.Nullable;

/**
 * Which list to read, and how.
 *
 * @param name the list's name; findings and reports name it
 * @param kind whose it is
 * @param format the declared format, any case; null: told by content
 * @param category category of entries whose row names none; null: the format's own
 * @param force takes what is refused as too wide: public suffixes, {@code /0}, wide ranges
 * @param hashes uses SHA-256 values of files; else they are counted as ignored, for logs carry none
 * @param limits sizes beyond which the list is refused
 * @param dated the time for which the list is known to hold where its text says none, epoch seconds, 0 if it is not known
 * @param loadedAt the host's time, epoch seconds, 0 to leave it out
 */
public record ListRequest(
        String name,
        IndicatorList.Kind kind,
        @Nullable String format,
        @Nullable Category category,
        boolean force,
        boolean hashes,
        ListLimits limits,
        long dated,
        long loadedAt) {

    /** A list whose format is told by its content. */
    public static ListRequest of(String name, IndicatorList.Kind kind) {
        return new ListRequest(name, kind, null, null, false, false, ListLimits.WIDE, 0, 0);
    }

    /** The same, declared to be of a format. */
    public ListRequest as(@Nullable String declared) {
        return new ListRequest(name, kind, declared, category, force, hashes, limits, dated, loadedAt);
    }

    /** The same with a category for entries whose row names none. */
    public ListRequest with(@Nullable Category given) {
        return new ListRequest(name, kind, format, given, force, hashes, limits, dated, loadedAt);
    }

    /** The same, taking what is refused as too wide. */
    public ListRequest forced() {
        return new ListRequest(name, kind, format, category, true, hashes, limits, dated, loadedAt);
    }

    /** The same, using hashes of files. */
    public ListRequest withHashes() {
        return new ListRequest(name, kind, format, category, force, true, limits, dated, loadedAt);
    }

    /** The same, refused beyond these sizes. */
    public ListRequest within(ListLimits sizes) {
        return new ListRequest(name, kind, format, category, force, hashes, sizes, dated, loadedAt);
    }

    /** The same, read at this time in epoch seconds. */
    public ListRequest at(long epochSeconds) {
        return new ListRequest(name, kind, format, category, force, hashes, limits, dated, epochSeconds);
    }

    /** The same, known to hold at this time in epoch seconds where its text says none. */
    public ListRequest dated(long epochSeconds) {
        return new ListRequest(name, kind, format, category, force, hashes, limits, epochSeconds, loadedAt);
    }

    /** Whether it is the operator's list of what must not fire. */
    boolean trusted() {
        return kind == IndicatorList.Kind.OPERATOR_TRUSTED;
    }

    /** Whether the operator wrote or chose each entry. */
    boolean operators() {
        return kind != IndicatorList.Kind.INTEL;
    }
}
