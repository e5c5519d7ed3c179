package dev.tocsin.input.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip or tar archive, gzipped or not, whose members can be opened in any order, so that each is an object of its own.
 * A gzipped tar is unpacked into a temporary file, which goes when nobody holds the archive any more; nothing is ever
 * written under a member's name.
 */
public final class ArchiveFile {

    private static final int WINDOW = 256 * 1024;
    private static final int HEAD = 64 * 1024;
    private static final int MOST_MEMBERS = 1_000_000;
    private static final Cleaner CLEANER = Cleaner.create();

    private final List<Member> members = new ArrayList<>();
    private @Nullable String damage;

    private ArchiveFile() {}

    /**
     * A file in the archive.
     *
     * @param name as the archive writes it; hostile
     * @param size unpacked, in bytes
     */
    public record Member(String name, long size, Opener opener) {
        /** Whether its name is absolute or climbs out of the archive: who made it meant harm. */
        public boolean pointsOutside() {
            return Archive.pointsOutside(name);
        }
    }

    /** Opens a member. */
    @FunctionalInterface
    public interface Opener {
        /** A stream over the member's bytes, from its start. */
        InputStream open() throws IOException;
    }

    /** Whether {@code stored}, of which some is read, is an archive. */
    public static boolean begins(InputStream stored) throws IOException {
        byte[] head = stored.readNBytes(HEAD);
        ByteWindow packed = ByteWindow.over(head, 0, head.length);
        if (!Gunzip.begins(packed)) {
            return Archive.begins(packed);
        }
        Inflater inflater = new Inflater(true);
        try {
            ByteWindow unpacked = new ByteWindow(HEAD);
            unpacked.restart(new Gunzip(packed, inflater, () -> head.length));
            return Archive.begins(unpacked);
        } finally {
            inflater.end();
        }
    }

    /**
     * Looks into the archive {@code file}, which {@link #begins} has recognised.
     *
     * @throws IOException if it cannot be read at all, or there is no room to unpack it
     */
    public static ArchiveFile open(Path file) throws IOException {
        ArchiveFile archive = new ArchiveFile();
        try (InputStream stored = Files.newInputStream(file)) {
            ByteWindow window = new ByteWindow(WINDOW);
            window.restart(stored::read);
            if (Gunzip.begins(window)) {
                archive.gzippedTar(window);
            } else if (Archive.isTar(window)) {
                archive.tar(window, FileChannel.open(file, StandardOpenOption.READ));
            } else {
                archive.zip(file);
            }
        }
        return archive;
    }

    /** Its files, in their order. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /** Why it ended before its end, or null. */
    public @Nullable String damage() {
        return damage;
    }

    private void zip(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        zip.stream() // it closes itself when no member holds it any more
                .filter(entry -> !entry.isDirectory())
                .limit(MOST_MEMBERS)
                .forEach(entry -> members.add(new Member(entry.getName(), entry.getSize(), () -> {
                    InputStream stream = zip.getInputStream(entry);
                    if (stream == null) {
                        throw new IOException("not in the archive any more");
                    }
                    return stream;
                })));
        if (zip.size() > MOST_MEMBERS) {
            damage = "more than " + MOST_MEMBERS + " members; the rest is not read";
        }
    }

    private void gzippedTar(ByteWindow packed) throws IOException {
        Path spool = Files.createTempFile("tocsin-", ".tar");
        FileChannel channel = FileChannel.open(
                spool, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        Inflater inflater = new Inflater(true);
        try {
            Gunzip gunzip = new Gunzip(packed, inflater, packed::offset);
            byte[] buffer = new byte[WINDOW];
            for (int count = gunzip.read(buffer, 0, WINDOW); count >= 0; count = gunzip.read(buffer, 0, WINDOW)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            damage = gunzip.damage();
        } finally {
            inflater.end();
        }
        ByteWindow window = new ByteWindow(WINDOW);
        long[] at = {0};
        window.restart((into, from, length) -> {
            int count = channel.read(ByteBuffer.wrap(into, from, length), at[0]);
            at[0] += Math.max(0, count);
            return count;
        });
        tar(window, channel);
    }

    private void tar(ByteWindow window, FileChannel channel) throws IOException {
        CLEANER.register(this, () -> closeQuietly(channel));
        new TarMembers(
                        window,
                        (name, size, stream) -> {
                            long from = window.offset();
                            members.add(new Member(name, size, () -> new Range(this, channel, from, size)));
                        },
                        (reason, at) -> damage = damage == null ? "at byte " + at + " unpacked: " + reason : damage)
                .read();
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part of a file. It holds the archive, and with it the file, for as long as it is read. */
    private static final class Range extends InputStream {
        @SuppressWarnings("UnusedVariable") // keeps the cleaner away
        private final ArchiveFile owner;

        private final FileChannel channel;
        private long at;
        private final long end;

        Range(ArchiveFile owner, FileChannel channel, long from, long size) {
            this.owner = owner;
            this.channel = channel;
            this.at = from;
            this.end = from + size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= end) {
                return -1;
            }
            int count = channel.read(ByteBuffer.wrap(into, from, (int) Math.min(length, end - at)), at);
            at += Math.max(0, count);
            return count;
        }
    }
}
