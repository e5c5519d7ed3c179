package dev.tocsin.input.list;

import java.io.IOException;

/** One format of lists. */
interface ListFormat {

    /** As it is declared and reported. */
    String name();

    /** Whether a list that begins so is surely of this format. */
    boolean fits(Head head);

    /** Whether a list that begins so, and is declared to be of this format, can be. */
    default boolean couldBe(Head head) {
        return fits(head);
    }

    /** Hands every entry, or the reason why it is none, to {@code out}. */
    void read(ListSource source, Collector out) throws IOException;
}
