package dev.tocsin.server.watch;

import dev.tocsin.server.host.LiveAnalysis.Outcome;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What is new at a source. Used by one thread. */
interface Arrivals {

    /** Knows what was read. */
    @FunctionalInterface
    interface WasRead {
        /** Whether the object was read as it is now. */
        boolean test(SourceObject object) throws StoreException;
    }

    /** The source's name. */
    String name();

    /**
     * What has come and was not read, archives replaced by their members.
     *
     * @param now the host's time, epoch milliseconds
     * @throws IOException if the source does not answer
     */
    List<SourceObject> look(long now) throws IOException, InterruptedException;

    /**
     * Tells what became of what {@link #look} gave. It is all in the store.
     *
     * @param outcomes by object; what is not among them comes again
     * @param now the host's time, epoch milliseconds
     * @throws IOException if the source does not answer
     */
    void settled(Map<ObjectIdentity, Outcome> outcomes, long now) throws IOException;

    /** Brings again what nobody wanted before. */
    void again() throws StoreException;

    /** Whether it is known that more is to come than was looked at, of earlier times perhaps. */
    boolean isBehind();
}
