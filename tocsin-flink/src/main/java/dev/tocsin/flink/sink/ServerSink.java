package dev.tocsin.flink.sink;

import dev.tocsin.flink.wire.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands what is said to a Tocsin service, by its ingest: in batches, all by the end of each checkpoint. The service takes
 * what has a higher revision than what it holds, so what a crash sends twice changes nothing.
 */
public final class ServerSink implements Sink<Said> {

    private static final long serialVersionUID = 1;

    /** Characters of a request: the service takes 1 MiB. */
    private static final int MOST_CHARACTERS = 400_000;

    private final String server;
    private final String keyFile;

    /**
     * To the service at {@code server}.
     *
     * @param keyFile the ingest key, in the form of AWS's shared credentials; read where the sink runs
     */
    public ServerSink(String server, String keyFile) {
        this.server = server;
        this.keyFile = keyFile;
    }

    @Override
    public SinkWriter<Said> createWriter(WriterInitContext context) throws IOException {
        return new Writer(new Ingest(server, keyFile));
    }

    private static final class Writer implements SinkWriter<Said> {
        private final Ingest ingest;
        private final Map<Said.Form, List<Said>> waiting = new EnumMap<>(Said.Form.class);
        private long characters;

        Writer(Ingest ingest) {
            this.ingest = ingest;
        }

        @Override
        public void write(Said said, Context context) throws IOException, InterruptedException {
            List<Said> list = waiting.computeIfAbsent(said.form(), form -> new ArrayList<>());
            int length = said.doc().toJson().length();
            if (list.size() >= Ingest.MOST || characters + length > MOST_CHARACTERS) {
                flush(false);
                list = waiting.computeIfAbsent(said.form(), form -> new ArrayList<>());
            }
            list.add(said);
            characters += length;
        }

        @Override
        public void flush(boolean end) throws IOException, InterruptedException {
            if (!waiting.isEmpty()) {
                ingest.send(waiting);
            }
            waiting.clear();
            characters = 0;
        }

        @Override
        public void close() {
            ingest.close();
        }
    }
}
