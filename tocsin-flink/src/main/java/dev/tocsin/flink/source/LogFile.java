package dev.tocsin.flink.source;

import dev.tocsin.input.container.ArchiveFile;
import dev.tocsin.input.order.Orderable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A log object, in any file system that Flink knows, or a slice of a partition of Kafka.
 *
 * @param name as the ledger shows it
 * @param uri where it lies
 * @param member of the archive that lies there, or null if it is the object; of Kafka, which slice
 * @param size in bytes as stored; 0 if nothing tells
 * @param modifiedAt epoch seconds of its last change
 */
public record LogFile(String name, String uri, @Nullable String member, long size, long modifiedAt)
        implements Orderable, Serializable {

    /** Whether it is a slice of a partition, which is read record by record. */
    boolean isSlice() {
        return KafkaLogs.is(uri);
    }

    /** A partition's slices stay in their order; of several partitions, those of the same time are read side by side. */
    @Override
    public @Nullable Place place() {
        return isSlice() ? new Place(modifiedAt, KafkaLogs.orderKey(this)) : null;
    }

    @Override
    public InputStream open() throws IOException {
        if (isSlice()) {
            throw new IOException(name + ": a slice of a topic is read record by record");
        }
        if (member == null) {
            return stored();
        }
        for (ArchiveFile.Member one : archive().members()) {
            if (one.name().equals(member)) {
                if (one.pointsOutside()) {
                    throw new IOException("its name points outside of the archive");
                }
                return one.opener().open();
            }
        }
        throw new FileNotFoundException(name + ": is not in the archive any more");
    }

    /** A stream over what lies at the URI. */
    InputStream stored() throws IOException {
        Path path = new Path(URI.create(uri));
        return path.getFileSystem().open(path);
    }

    /** The archive that lies at the URI. */
    ArchiveFile archive() throws IOException {
        URI at = URI.create(uri);
        if ("file".equals(at.getScheme())) {
            return ArchiveFile.open(java.nio.file.Path.of(at));
        }
        java.nio.file.Path copy = Files.createTempFile("tocsin-", ".archive");
        try (InputStream in = stored();
                var out = Files.newOutputStream(copy)) {
            in.transferTo(out);
        }
        try {
            return ArchiveFile.open(copy);
        } finally {
            Files.deleteIfExists(copy); // an open file lives on until it is closed
        }
    }
}
