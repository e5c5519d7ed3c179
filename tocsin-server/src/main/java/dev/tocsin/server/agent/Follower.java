package dev.tocsin.server.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole lines of a file to which others write, over its rotation: by rename, which leaves the older parts beside it under
 * longer names, or by truncation. The last line is read once it has an end. Used by one thread.
 */
final class Follower implements AutoCloseable {

    /** Looks at a file that was renamed in which nothing came: its writer has left it then. */
    private static final int LOOKS = 3;

    private static final List<String> PACKED = List.of(".gz", ".xz", ".zst", ".bz2");

    private final Path path;
    private final ByteBuffer buffer;
    private @Nullable Place place;
    private @Nullable Path file;
    private final Grouping grouping;
    private @Nullable FileChannel channel;
    private long seenTo;
    private int looks;
    private long gaps;

    /** Lines, each with its end, and where to read on behind them. */
    static final class Lines {
        private final byte[] bytes;
        private final Place next;

        Lines(byte[] bytes, Place next) {
            this.bytes = bytes;
            this.next = next;
        }

        /** The lines; nobody changes them. */
        byte[] bytes() {
            return bytes;
        }

        /** Where to read on. */
        Place next() {
            return next;
        }
    }

    /**
     * Of {@code path}.
     *
     * @param from where to read on; null for the beginning
     * @param most bytes that are read at once; a longer line is read in parts
     * @param grouping where lines may be parted
     */
    Follower(Path path, @Nullable Place from, int most, Grouping grouping) {
        this.path = path;
        this.place = from;
        this.grouping = grouping;
        this.buffer = ByteBuffer.allocate(most);
    }

    /** Says which lines belong together, so that they come in one piece. */
    @FunctionalInterface
    interface Grouping {
        /** Up to where {@code lines}, which end at {@code end}, hold whole groups: {@code end} or less. */
        int wholeUntil(byte[] lines, int end);

        /** Each line stands for itself. */
        Grouping LINES = (lines, end) -> end;
    }

    /** How often a file was gone before it was read to its end: nobody knows what was lost. */
    long gaps() {
        return gaps;
    }

    /** Where it reads on; null before it has met the file. */
    @Nullable
    Place place() {
        return place;
    }

    /**
     * What has come; null if that is nothing.
     *
     * @throws NoSuchFileException if there is no file
     */
    @Nullable
    Lines read() throws IOException {
        FileChannel open = open();
        Place at = Objects.requireNonNull(place);
        if (open.size() < at.offset()) {
            restart(path); // it was truncated
            return null;
        }
        buffer.clear();
        int length = fill(open, at.offset());
        int end = lastEnd(length);
        boolean full = length == buffer.capacity();
        boolean idle = seenTo == at.offset() + length; // nothing has come since the last look: its last group is whole
        seenTo = at.offset() + length;
        int whole = grouping.wholeUntil(buffer.array(), end);
        if (whole < end && (idle || (full && whole == 0))) {
            whole = end;
        }
        if (whole > 0 || full) {
            looks = 0;
            seenTo = -1;
            return taken(open, at, whole > 0 ? whole : length, false);
        }
        return end == 0 && isLeft() ? left(open, at, length) : null;
    }

    private int fill(FileChannel open, long offset) throws IOException {
        while (buffer.hasRemaining() && open.read(buffer, offset + buffer.position()) > 0) {
            // until it is full, or the file ends
        }
        return buffer.position();
    }

    private int lastEnd(int length) {
        int end = length;
        while (end > 0 && buffer.get(end - 1) != '\n') {
            end--;
        }
        return end;
    }

    private Lines taken(FileChannel open, Place at, int length, boolean unended) throws IOException {
        byte[] bytes = new byte[unended ? length + 1 : length];
        buffer.get(0, bytes, 0, length);
        if (unended) {
            bytes[length] = '\n';
        }
        Place next = Place.of(at.inode(), open, at.offset() + length);
        place = next;
        return new Lines(bytes, next);
    }

    /** Whether the file that is read has been renamed or deleted, and its writer has left it. */
    private boolean isLeft() throws IOException {
        boolean there;
        try {
            there = Place.inode(path) == Objects.requireNonNull(place).inode();
        } catch (NoSuchFileException e) {
            return false; // the next one does not stand there yet
        }
        looks = there ? 0 : looks + 1;
        return looks >= LOOKS;
    }

    /** Goes on to the next file; an end that nobody will write any more is a line. */
    private @Nullable Lines left(FileChannel open, Place at, int length) throws IOException {
        Lines last = length == 0 ? null : taken(open, at, length, true);
        Path next = path;
        if (file != null && Files.exists(nameOf(at))) {
            List<Path> parts = parts();
            int index = parts.indexOf(nameOf(at));
            next = index >= 0 && index + 1 < parts.size() ? parts.get(index + 1) : path;
        }
        restart(next);
        if (last == null) {
            return null;
        }
        return new Lines(last.bytes(), Objects.requireNonNull(place));
    }

    /** Under what name the file lies in which {@code at} is; its old one if that is not known. */
    private Path nameOf(Place at) throws IOException {
        for (Path part : parts()) {
            if (Place.inode(part) == at.inode()) {
                return part;
            }
        }
        return path;
    }

    private void restart(Path next) throws IOException {
        close();
        FileChannel open = FileChannel.open(next);
        channel = open;
        file = next;
        looks = 0;
        place = Place.of(Place.inode(next), open, 0);
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            Place from = place;
            if (from == null) {
                restart(path);
            } else {
                resume(from);
            }
        }
        return Objects.requireNonNull(channel);
    }

    private void resume(Place from) throws IOException {
        for (Path part : parts()) {
            if (from.isIn(part)) {
                channel = FileChannel.open(part);
                file = part;
                return;
            }
        }
        restart(path);
        gaps += from.offset() > 0 ? 1 : 0;
    }

    /** The file and the older ones beside it, the oldest first. */
    private List<Path> parts() throws IOException {
        record Part(Path path, long changed) {}
        List<Part> parts = new ArrayList<>();
        String name = String.valueOf(path.getFileName());
        try (Stream<Path> all =
                Files.list(Objects.requireNonNullElse(path.toAbsolutePath().getParent(), path))) {
            for (Path one : (Iterable<Path>) all::iterator) {
                String other = String.valueOf(one.getFileName());
                if (other.startsWith(name) && PACKED.stream().noneMatch(other::endsWith)) {
                    boolean current = other.equals(name);
                    parts.add(new Part(
                            current ? path : one,
                            current
                                    ? Long.MAX_VALUE
                                    : Files.getLastModifiedTime(one).toMillis()));
                }
            }
        }
        return parts.stream()
                .sorted(Comparator.comparingLong(Part::changed)
                        .thenComparing(part -> part.path().toString(), Comparator.reverseOrder()))
                .map(Part::path)
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
