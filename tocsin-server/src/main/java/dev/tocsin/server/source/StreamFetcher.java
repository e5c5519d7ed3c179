package dev.tocsin.server.source;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Fetches the records of a stream. Used by one thread. */
interface StreamFetcher extends AutoCloseable {

    /** The place behind which a lane has no records and never will. */
    String CLOSED = "closed";

    /** Goes on from {@code positions}, by lane; other lanes begin where the source's configuration says. */
    void begin(Map<String, String> positions);

    /**
     * What comes next, having waited a moment for it.
     *
     * @throws SourceDown if the stream does not answer as it should
     * @throws IOException likewise; its message is for people
     */
    List<StreamBatch> fetch() throws IOException, InterruptedException;

    /** How far it has come in each lane; as of the last {@link #fetch}. */
    List<StreamLane> lanes();

    @Override
    void close();
}
