package dev.tocsin.flink.sink;

import dev.tocsin.flink.wire.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Writes what is said into a folder of any file system that Flink knows: JSON lines, a file for each checkpoint and
 * writer. After a crash some lines stand there twice; of a finding or row the line with the highest revision counts.
 */
public final class FolderSink implements Sink<Said> {

    private static final long serialVersionUID = 1;
    private static final int MOST_CHARACTERS = 4 << 20;

    private final String folder;

    /** Into {@code folder}, a path or URI. */
    public FolderSink(String folder) {
        this.folder = folder;
    }

    @Override
    public SinkWriter<Said> createWriter(WriterInitContext context) {
        return new Writer(new Path(folder), context.getTaskInfo().getIndexOfThisSubtask());
    }

    private static final class Writer implements SinkWriter<Said> {
        private final Path folder;
        private final int subtask;
        private final StringBuilder lines = new StringBuilder();
        private int number;

        Writer(Path folder, int subtask) {
            this.folder = folder;
            this.subtask = subtask;
        }

        @Override
        public void write(Said said, Context context) throws IOException {
            lines.append("{\"")
                    .append(said.form().list())
                    .append("\":")
                    .append(said.doc().toJson())
                    .append("}\n");
            if (lines.length() > MOST_CHARACTERS) {
                flush(false);
            }
        }

        @Override
        public void flush(boolean end) throws IOException {
            if (lines.isEmpty()) {
                return;
            }
            FileSystem files = folder.getFileSystem();
            Path path = next();
            while (files.exists(path)) { // of an attempt before
                path = next();
            }
            Path hidden = new Path(folder, "." + path.getName());
            try (FSDataOutputStream out = files.create(hidden, FileSystem.WriteMode.OVERWRITE)) {
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (!files.rename(hidden, path)) {
                throw new IOException(path + ": cannot be written");
            }
            lines.setLength(0);
        }

        private Path next() {
            number++;
            return new Path(folder, "said-" + subtask + "-" + number + ".jsonl");
        }

        @Override
        public void close() {}
    }
}
