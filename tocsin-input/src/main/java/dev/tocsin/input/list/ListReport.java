package dev.tocsin.input.list;

import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.input.container.ObjectReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a list.
 *
 * @param list the list as the snapshot knows it; its version is a digest of the unpacked text
 * @param format the format it was read as; null if none fits
 * @param status accepted, partial or refused
 * @param accepted entries used, before duplicates were dropped
 * @param duplicates of these, how many the list already held
 * @param ignored entries recognised and not used, with reason and count
 * @param rejected lines or entries that cannot be used
 * @param rejections the first of them
 * @param warnings what a person should know
 * @param bytes unpacked size
 * @param message why it was refused; null if it was not
 */
public record ListReport(
        IndicatorList list,
        @Nullable String format,
        ObjectReport.Status status,
        long accepted,
        long duplicates,
        Map<String, Long> ignored,
        long rejected,
        List<Rejection> rejections,
        List<String> warnings,
        long bytes,
        @Nullable String message) {

    /** Rejections given with place and reason; the rest is counted. Ours. */
    public static final int MOST_REJECTIONS = 100;

    /**
     * A line that cannot be used.
     *
     * @param line its number, from 1
     * @param reason why, in words
     * @param text how it begins
     */
    public record Rejection(long line, String reason, String text) {

        /** As reports write it. */
        @Override
        public String toString() {
            return "line " + line + ": " + reason + (text.isEmpty() ? "" : ": " + text);
        }
    }

    /** How many entries were recognised and not used. */
    public long ignoredCount() {
        return ignored.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether its entries are in force. */
    public boolean active() {
        return status != ObjectReport.Status.REFUSED;
    }
}
