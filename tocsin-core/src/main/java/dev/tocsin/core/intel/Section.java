package dev.tocsin.core.intel;

/** The entries of one list while it is read. */
public final class Section {

    /** Entries that one value may have over all lists; more is an attack on the tables or a broken list. Ours. */
    static final int MOST_FOR_ONE_VALUE = 2048;

    static final int DUPLICATE = -2;
    static final int TOO_MANY = -3;

    private final Intelligence.Builder builder;
    private final int list;

    Section(Intelligence.Builder builder, int list) {
        this.builder = builder;
        this.list = list;
    }

    /** What became of an entry. */
    public enum Outcome {
        /** It is new. */
        NEW,
        /** The list already says so; the times were widened. */
        DUPLICATE,
        /** Its value has too many entries. */
        TOO_MANY;

        static Outcome of(int code) {
            return switch (code) {
                case Section.DUPLICATE -> DUPLICATE;
                case Section.TOO_MANY -> TOO_MANY;
                default -> NEW;
            };
        }
    }

    /**
     * Adds an entry.
     *
     * @throws IllegalArgumentException if an address or network cannot be read
     */
    public Outcome add(Indicator entry) {
        return builder.add(list, entry);
    }

    /** Says that the list was read and counts. */
    public void commit(IndicatorList as) {
        builder.commit(list, as);
    }
}
