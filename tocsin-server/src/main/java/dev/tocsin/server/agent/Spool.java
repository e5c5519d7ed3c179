package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Batches on disk that were not acknowledged yet, and how far the log was read. A batch counts once the state that names it is
 * there: after a crash at any moment each line is in exactly one batch, or was counted lost. Used by one thread.
 */
final class Spool {

    private static final Pattern BATCH = Pattern.compile("(\\d{16})-(\\d+)\\.gz");
    private static final String STATE = "state";

    private final Path folder;
    private final long limit;
    private final boolean dropsOldest;
    private final TreeMap<Long, Batch> waiting = new TreeMap<>();
    private String agentId = UUID.randomUUID().toString();
    private long sequence;
    private long lost;
    private long bytes;
    private @Nullable Place place;

    /**
     * A batch that waits.
     *
     * @param sequence its number, from 1
     * @param lines how many lines of the log it holds
     */
    record Batch(long sequence, long lines, Path file, long size) {}

    /**
     * Opens what {@code folder} holds.
     *
     * @param limit bytes of batches that may wait
     * @param dropsOldest whether the oldest goes when there is no room, rather than what comes
     */
    Spool(Path folder, long limit, boolean dropsOldest) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.limit = limit;
        this.dropsOldest = dropsOldest;
        Path state = folder.resolve(STATE);
        List<?> dropping = Files.exists(state) ? resume(Doc.parse(Files.readString(state))) : List.of();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = BATCH.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    take(new Batch(
                            Long.parseLong(name.group(1)), Long.parseLong(name.group(2)), file, Files.size(file)));
                } else if (!file.equals(state)) {
                    Files.delete(file); // of a write that a crash cut off
                }
            }
        }
        forget(new ArrayList<>(waiting.tailMap(sequence, false).values()));
        forget(dropping.stream()
                .map(number -> waiting.get(((Number) number).longValue()))
                .filter(Objects::nonNull)
                .toList());
        write(List.of());
    }

    private List<?> resume(Doc state) {
        agentId = String.valueOf(state.text("agentId"));
        sequence = state.number("sequence", 0);
        lost = state.number("lost", 0);
        place = state.get("place") instanceof Doc doc ? Place.of(doc) : null;
        return state.get("dropping") instanceof List<?> numbers ? numbers : List.of();
    }

    /** The agent's own name, made once. */
    String agentId() {
        return agentId;
    }

    /** Where the log is to be read on; null at first. */
    @Nullable
    Place place() {
        return place;
    }

    /** Notes where the log begins, before the first batch: what is written from now on is known to be missing. */
    void startAt(Place begin) throws IOException {
        place = begin;
        write(List.of());
    }

    /** Lines lost in all its life. */
    long lost() {
        return lost;
    }

    /** Bytes that wait. */
    long bytes() {
        return bytes;
    }

    /** The number of the next batch. */
    long nextSequence() {
        return sequence + 1;
    }

    /** The batch that is to be sent next, or null if none waits. */
    @Nullable
    Batch first() {
        return waiting.isEmpty() ? null : waiting.firstEntry().getValue();
    }

    /**
     * Keeps a batch of {@code lines} lines, called {@link #nextSequence}, after which the log is to be read on at {@code next}; or
     * counts lines as lost where there is no room.
     */
    void add(byte[] packed, long lines, Place next) throws IOException {
        List<Batch> dropping = new ArrayList<>();
        long room = limit - bytes;
        for (Batch oldest : waiting.values()) {
            if (room >= packed.length || !dropsOldest) {
                break;
            }
            dropping.add(oldest);
            room += oldest.size();
        }
        Place before = place;
        long lostBefore = lost;
        long sequenceBefore = sequence;
        place = next;
        if (room < packed.length) {
            lost += lines;
            write(List.of());
            return;
        }
        Path file = folder.resolve(String.format(Locale.ROOT, "%016d-%d.gz", sequence + 1, lines));
        try {
            durably(file, packed);
            sequence++;
            lost += dropping.stream().mapToLong(Batch::lines).sum();
            write(dropping.stream().map(Batch::sequence).toList());
        } catch (IOException e) { // a full disk: the log is read on from there once there is room
            place = before;
            lost = lostBefore;
            sequence = sequenceBefore;
            Files.deleteIfExists(file);
            throw e;
        }
        take(new Batch(sequence, lines, file, packed.length));
        forget(dropping);
    }

    private void take(Batch batch) {
        waiting.put(batch.sequence(), batch);
        bytes += batch.size();
    }

    /** Forgets {@code batch}, which the service holds. */
    void acknowledged(Batch batch) throws IOException {
        forget(List.of(batch));
    }

    /** Forgets {@code batch}, which the service will never take, and counts it lost. */
    void refused(Batch batch) throws IOException {
        lost += batch.lines();
        write(List.of(batch.sequence()));
        forget(List.of(batch));
    }

    private void forget(List<Batch> batches) throws IOException {
        for (Batch batch : batches) {
            Files.deleteIfExists(batch.file());
            waiting.remove(batch.sequence());
            bytes -= batch.size();
        }
    }

    private void write(List<Long> dropping) throws IOException {
        Doc state = new Doc()
                .with("agentId", agentId)
                .with("sequence", sequence)
                .with("lost", lost)
                .with("place", place == null ? null : place.toDoc())
                .with("dropping", dropping);
        durably(folder.resolve(STATE), state.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes all of it under another name first: the file is whole, or not there. */
    private void durably(Path file, byte[] content) throws IOException {
        Path fresh = folder.resolve("fresh");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytesLeft = ByteBuffer.wrap(content);
            while (bytesLeft.hasRemaining()) {
                channel.write(bytesLeft);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
