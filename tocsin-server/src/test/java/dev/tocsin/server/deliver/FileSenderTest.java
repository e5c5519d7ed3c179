package dev.tocsin.server.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings in files. */
final class FileSenderTest {

    @TempDir
    Path folder;

    private FileSender sender(Path file, long megabytes, long keep) {
        Doc settings = new Doc()
                .with("name", "file")
                .with("type", "file")
                .with("path", file.toString())
                .with("maxMegabytes", megabytes)
                .with("keep", keep);
        return new FileSender(Destination.of(new Resource("", "", Destination.KIND, "1", settings), settings), file);
    }

    private static Message message(String body) {
        return new Message("1", "f", "t", "t", 5, "", body);
    }

    @Test
    void whatACrashToreIsTakenOff() throws IOException, Undelivered {
        Path file = folder.resolve("deep/findings.jsonl");
        FileSender sender = sender(file, 1, 1);
        sender.send(message("{\"a\":1}"));
        Files.writeString(file, "{\"torn", StandardOpenOption.APPEND);
        sender.send(message("{\"b\":\n2}"));
        assertEquals(List.of("{\"a\":1}", "{\"b\": 2}"), Files.readAllLines(file));
    }

    @Test
    void aFullFileIsPutAsideAndTheOldestGoes() throws IOException, Undelivered {
        Path file = folder.resolve("findings.jsonl");
        FileSender sender = sender(file, 1, 2);
        for (int i = 0; i < 5; i++) {
            sender.send(message(i + "x".repeat(600_000)));
        }
        assertTrue(Files.readString(file).startsWith("4"));
        assertTrue(Files.readString(folder.resolve("findings.jsonl.1")).startsWith("3"));
        assertTrue(Files.readString(folder.resolve("findings.jsonl.2")).startsWith("2"));
        assertFalse(Files.exists(folder.resolve("findings.jsonl.3")));
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        Path folderInItsPlace = Files.createDirectories(folder.resolve("findings.jsonl"));
        Undelivered problem = assertThrows(
                Undelivered.class, () -> sender(folderInItsPlace, 1, 1).send(message("x")));
        assertFalse(problem.isRefused());
        assertTrue(problem.getMessage().contains("findings.jsonl"), problem.getMessage());
    }
}
