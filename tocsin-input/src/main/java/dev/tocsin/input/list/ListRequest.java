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
 * @param force takes what is refused: public suffixes, wide ranges, the operator's own networks
 * @param hashes uses SHA-256 values of files, which events of hosts carry; else they are counted as ignored
 * @param limits sizes beyond which the list is refused
 * @param own the operator's networks: threat entries that touch them are refused unless forced
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
        OwnNetworks own,
        long dated,
        long loadedAt) {

    /** A list whose format is told by its content. */
    public static ListRequest of(String name, IndicatorList.Kind kind) {
        return new ListRequest(name, kind, null, null, false, false, ListLimits.WIDE, OwnNetworks.NONE, 0, 0);
    }

    /** The same, declared to be of a format. */
    public ListRequest as(@Nullable String declared) {
        return new ListRequest(name, kind, declared, category, force, hashes, limits, own, dated, loadedAt);
    }

    /** The same with a category for entries whose row names none. */
    public ListRequest with(@Nullable Category given) {
        return new ListRequest(name, kind, format, given, force, hashes, limits, own, dated, loadedAt);
    }

    /** The same, taking what is refused as too wide or as the operator's own. */
    public ListRequest forced() {
        return new ListRequest(name, kind, format, category, true, hashes, limits, own, dated, loadedAt);
    }

    /** The same, using hashes of files. */
    public ListRequest withHashes() {
        return new ListRequest(name, kind, format, category, force, true, limits, own, dated, loadedAt);
    }

    /** The same, refused beyond these sizes. */
    public ListRequest within(ListLimits sizes) {
        return new ListRequest(name, kind, format, category, force, hashes, sizes, own, dated, loadedAt);
    }

    /** The same, read at this time in epoch seconds. */
    public ListRequest at(long epochSeconds) {
        return new ListRequest(name, kind, format, category, force, hashes, limits, own, dated, epochSeconds);
    }

    /** The same, told which networks are the operator's. */
    public ListRequest own(OwnNetworks networks) {
        return new ListRequest(name, kind, format, category, force, hashes, limits, networks, dated, loadedAt);
    }

    /** The same, known to hold at this time in epoch seconds where its text says none. */
    public ListRequest dated(long epochSeconds) {
        return new ListRequest(name, kind, format, category, force, hashes, limits, own, epochSeconds, loadedAt);
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
