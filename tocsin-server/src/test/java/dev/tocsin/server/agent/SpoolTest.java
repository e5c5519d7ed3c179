package dev.tocsin.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on disk, after a crash too. */
final class SpoolTest {

    private static final byte[] TEN_BYTES = new byte[10];

    @TempDir
    private Path folder;

    private static Place at(long offset) {
        return new Place(1, 2, 3, offset);
    }

    private Spool spool(long limit, boolean oldest) throws IOException {
        return new Spool(folder, limit, oldest);
    }

    private static List<Long> drained(Spool spool) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Spool.Batch batch = spool.first(); batch != null; batch = spool.first()) {
            numbers.add(batch.sequence());
            spool.acknowledged(batch);
        }
        return numbers;
    }

    @Test
    void goesOnWhereItWas() throws IOException {
        Spool spool = spool(100, true);
        spool.add(TEN_BYTES, 3, at(30));
        spool.add(TEN_BYTES, 4, at(70));
        spool.acknowledged(Objects.requireNonNull(spool.first()));
        Spool again = spool(100, true);
        assertEquals(spool.agentId(), again.agentId());
        assertEquals(at(70), again.place());
        assertEquals(3, again.nextSequence());
        assertEquals(10, again.bytes());
        assertEquals(List.of(2L), drained(again));
        assertNull(spool(100, true).first());
    }

    @Test
    void aFullBufferLosesTheOldestAndCountsIt() throws IOException {
        Spool spool = spool(25, true);
        spool.add(TEN_BYTES, 3, at(30));
        spool.add(TEN_BYTES, 4, at(70));
        spool.add(TEN_BYTES, 5, at(120));
        assertEquals(3, spool.lost());
        assertEquals(20, spool.bytes());
        Spool again = spool(25, true);
        assertEquals(3, again.lost());
        assertEquals(List.of(2L, 3L), drained(again));
    }

    @Test
    void orTheNewestIfSoConfigured() throws IOException {
        Spool spool = spool(25, false);
        spool.add(TEN_BYTES, 3, at(30));
        spool.add(TEN_BYTES, 4, at(70));
        spool.add(TEN_BYTES, 5, at(120));
        assertEquals(5, spool.lost());
        assertEquals(at(120), spool(25, false).place());
        assertEquals(List.of(1L, 2L), drained(spool(25, false)));
    }

    @Test
    void aBatchThatNoStateNamesIsReadAgain() throws IOException {
        Spool spool = spool(100, true);
        spool.add(TEN_BYTES, 3, at(30));
        byte[] state = Files.readAllBytes(folder.resolve("state"));
        spool.add(TEN_BYTES, 4, at(70));
        Files.write(folder.resolve("state"), state); // as if it had ended between the two writes
        Files.write(folder.resolve("fresh"), TEN_BYTES);
        Spool again = spool(100, true);
        assertEquals(at(30), again.place());
        assertEquals(List.of(1L), drained(again));
    }

    @Test
    void whatWasCountedLostIsNotSentAfterACrash() throws IOException {
        Spool spool = spool(25, true);
        spool.add(TEN_BYTES, 3, at(30));
        Spool.Batch oldest = there(spool.first());
        byte[] batch = Files.readAllBytes(oldest.file());
        spool.add(TEN_BYTES, 4, at(70));
        spool.add(TEN_BYTES, 5, at(120));
        Files.write(oldest.file(), batch); // as if it had ended before it deleted it
        Spool again = spool(25, true);
        assertEquals(3, again.lost());
        assertEquals(List.of(2L, 3L), drained(again));
    }

    private static Spool.Batch there(Spool.@Nullable Batch batch) {
        return Objects.requireNonNull(batch);
    }

    @Test
    void whatCannotBeWrittenIsNeitherKeptNorLost() throws IOException {
        Spool spool = spool(100, true);
        spool.add(TEN_BYTES, 3, at(30));
        Files.createDirectory(folder.resolve("fresh")); // nothing can be written under this name now
        assertThrows(IOException.class, () -> spool.add(TEN_BYTES, 4, at(70)));
        assertEquals(at(30), spool.place());
        assertEquals(2, spool.nextSequence());
        Files.delete(folder.resolve("fresh"));
        spool.add(TEN_BYTES, 4, at(70));
        assertEquals(0, spool.lost());
        assertEquals(List.of(1L, 2L), drained(spool));
    }
}
