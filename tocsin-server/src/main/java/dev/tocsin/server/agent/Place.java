package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * How far a file was read. The file is known again after it was renamed, and not taken for another one under its name.
 *
 * @param inode of the file
 * @param begin a checksum of the file's first bytes
 * @param beginLength how many
 * @param offset where to read on
 */
record Place(long inode, long begin, int beginLength, long offset) {

    private static final int MOST_BEGIN = 256;

    /** The place {@code offset} in {@code file}, which is open as {@code channel}. */
    static Place of(long inode, FileChannel channel, long offset) throws IOException {
        int length = (int) Math.min(MOST_BEGIN, offset);
        return new Place(inode, begin(channel, length), length, offset);
    }

    /** The inode of {@code file}. */
    static long inode(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    /** Whether {@code file} is the one that the place is in. */
    boolean isIn(Path file) throws IOException {
        if (inode(file) != inode || Files.size(file) < offset) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return begin(channel, beginLength) == begin;
        }
    }

    private static long begin(FileChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // until all is there, or the file ends
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.flip());
        return sum.getValue();
    }

    Doc toDoc() {
        return new Doc()
                .with("inode", inode)
                .with("begin", begin)
                .with("beginLength", beginLength)
                .with("offset", offset);
    }

    static Place of(Doc doc) {
        return new Place(
                doc.number("inode", 0),
                doc.number("begin", 0),
                (int) doc.number("beginLength", 0),
                doc.number("offset", 0));
    }
}
