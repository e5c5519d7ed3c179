package dev.tocsin.input.list;

/** One feed's JSON objects. */
interface JsonLayout {

    /** As it is declared and reported. */
    String name();

    /** Whether a JSON text that begins so is this feed's. */
    boolean fits(Head head);

    /** Called once before the objects of a text that begins so. */
    default void begin(Head head, Collector out) {}

    /** Hands the object's entries to {@code out}; an object that is no entry is passed over. */
    void object(JsonRow row, Collector out);
}
