package dev.tocsin.core.parse;

import dev.tocsin.core.event.Event;

/** Where a parser puts what it reads: each record goes to exactly one of the three, so that nothing is lost unsaid. */
public interface RecordSink {

    /** A record for detection. */
    void accept(Event event);

    /**
     * Records known and not for us.
     *
     * @param count how many
     * @param reason in few words, the same for the same kind, such as {@code transit gateway flow log}
     */
    void ignore(long count, String reason);

    /**
     * A record, line or entry that cannot be read.
     *
     * @param position byte offset or line number, as in {@link dev.tocsin.core.event.Origin#position}
     * @param reason what was expected and what stood there
     */
    void reject(long position, String reason);

    /** Something a person should know of a record that was used, such as a field that stands twice. */
    void note(long position, String text);

    /**
     * Something of a record that was used all the same could not be taken as it stood: the object is not read whole then.
     *
     * @param text what was left out, or set right
     */
    default void incomplete(long position, String text) {
        note(position, text);
    }

    /** An object that a queue's message names; it lies in {@code bucket} under {@code key}, both as S3 knows them. */
    default void names(String bucket, String key) {}
}
