package dev.tocsin.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines are read once, whatever becomes of the file. */
final class FollowerTest {

    private static final int MOST = 64;

    @TempDir
    private Path folder;

    private @Nullable Place place;

    @BeforeEach
    void begin() throws IOException {
        Files.createFile(log());
    }

    private Path log() {
        return folder.resolve("audit.log");
    }

    private void write(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }

    private void rotate(String name, long minute) throws IOException {
        Files.move(log(), folder.resolve(name));
        Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(minute * 60_000));
    }

    private Follower follower() {
        return new Follower(log(), place, MOST, Follower.Grouping.LINES);
    }

    /** All that comes within ten looks. */
    private String read(Follower follower) throws IOException {
        StringBuilder all = new StringBuilder();
        for (int look = 0; look < 10; look++) {
            Follower.Lines lines = follower.read();
            if (lines != null) {
                all.append(new String(lines.bytes(), StandardCharsets.UTF_8));
            }
        }
        place = follower.place();
        return all.toString();
    }

    @Test
    void anUnendedLineWaitsForItsEnd() throws IOException {
        try (Follower follower = follower()) {
            write("one\ntw");
            assertEquals("one\n", read(follower));
            write("o\n");
            assertEquals("two\n", read(follower));
        }
    }

    @Test
    void whatIsWrittenAfterTheRenameIsReadBeforeTheNewFile() throws IOException {
        try (Follower follower = follower()) {
            write("one\n");
            assertEquals("one\n", read(follower));
            Files.move(log(), folder.resolve("audit.log.1"));
            Files.writeString(folder.resolve("audit.log.1"), "two\nthree without an end", StandardOpenOption.APPEND);
            write("four\n");
            assertEquals("two\nthree without an end\nfour\n", read(follower));
            assertEquals(0, follower.gaps());
        }
    }

    @Test
    void aTruncatedFileIsReadFromItsBeginning() throws IOException {
        try (Follower follower = follower()) {
            write("one\ntwo\n");
            assertEquals("one\ntwo\n", read(follower));
            Files.writeString(log(), "three\n");
            assertEquals("three\n", read(follower));
        }
    }

    @Test
    void rotationsWhileNobodyLookedAreReadInTheirOrder() throws IOException {
        write("one\n");
        try (Follower follower = follower()) {
            assertEquals("one\n", read(follower));
        }
        write("two\n");
        rotate("audit.log.2", 1);
        write("three\n");
        rotate("audit.log.1", 2);
        write("four\n");
        Files.writeString(folder.resolve("audit.log.3.gz"), "packed");
        try (Follower follower = follower()) {
            assertEquals("two\nthree\nfour\n", read(follower));
            assertEquals(0, follower.gaps());
        }
    }

    @Test
    void aFileThatIsGoneIsAGap() throws IOException {
        write("one\n");
        try (Follower follower = follower()) {
            assertEquals("one\n", read(follower));
        }
        Files.delete(log());
        write("another file\n");
        try (Follower follower = follower()) {
            assertEquals("another file\n", read(follower));
            assertEquals(1, follower.gaps());
        }
    }

    @Test
    void aLineThatIsTooLongComesInParts() throws IOException {
        String line = "x".repeat(MOST * 2 + 3) + "\n";
        try (Follower follower = follower()) {
            write(line);
            assertEquals(line, read(follower));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrDoubledWhateverHappens(long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder written = new StringBuilder();
        StringBuilder got = new StringBuilder();
        Follower follower = follower();
        read(follower);
        int rotations = 0;
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    String line = "line " + step + "\n";
                    written.append(line);
                    write(line);
                }
                case 2 -> got.append(read(follower));
                case 3 -> {
                    got.append(read(follower));
                    follower.close();
                    follower = follower(); // the agent is started again
                }
                default -> rotate("audit.log." + (1_000 - rotations), ++rotations);
            }
            if (!Files.exists(log())) {
                write("");
            }
        }
        got.append(read(follower)).append(read(follower)).append(read(follower));
        for (int more = 0; more < rotations; more++) {
            got.append(read(follower));
        }
        follower.close();
        assertEquals(written.toString(), got.toString(), "seed " + seed);
    }

    @Test
    void linesOfAnAuditEventComeTogether() throws IOException {
        String syscall = "type=SYSCALL msg=audit(1.1:7): x\n";
        String path = "type=PATH msg=audit(1.1:7): y\n";
        String next = "type=SYSCALL msg=audit(1.1:8): z\n";
        try (Follower follower = new Follower(log(), null, 4_096, new AuditEvents())) {
            write(syscall);
            assertNull(follower.read(), "more may come");
            write(path + next);
            assertEquals(syscall + path, text(follower.read()));
            assertNull(follower.read());
            assertEquals(next, text(follower.read()), "nothing came for a look");
            write(syscall + "type=EOE msg=audit(1.1:7): \n");
            assertEquals(syscall + "type=EOE msg=audit(1.1:7): \n", text(follower.read()));
        }
    }

    private static String text(Follower.@Nullable Lines lines) {
        return lines == null ? "" : new String(lines.bytes(), StandardCharsets.UTF_8);
    }
}
