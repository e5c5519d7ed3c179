package dev.tocsin.input.list;

import java.util.Set;

/** One feed's comma-separated columns. */
interface CsvLayout {

    /** As it is declared and reported. */
    String name();

    /** Whether a header with these columns, in {@link CsvRow#key}'s spelling, is this feed's. */
    boolean fits(Set<String> columns);

    /** Called once before the rows. */
    default void begin(Collector out) {}

    /** Hands the row's entries to {@code out}. */
    void row(CsvRow row, Collector out);
}
