package dev.tocsin.server.deliver;

/** The way to one destination. Used by several threads if its type says so. */
interface Sender extends AutoCloseable {

    /**
     * Sends {@code message} and waits until it has arrived, within the limits of the type.
     *
     * @return what the receiver answered, for people
     */
    String send(Message message) throws Undelivered, InterruptedException;

    /** Makes sure that what was sent has arrived where {@link #send} cannot know; called after some messages. */
    default void settle() throws Undelivered, InterruptedException {}

    @Override
    default void close() {}
}
