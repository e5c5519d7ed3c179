package dev.tocsin.server.serve;

import dev.tocsin.server.store.Database;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A second service over the same store answers the API alone and takes over when the first one ends. */
final class StandbyTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void takesOverWhenTheFirstIsKilled(Database database) throws IOException, SQLException, InterruptedException {
        Path data = folder.resolve("data");
        database.prepare(data);
        Path logs = folder.resolve("logs");
        try (ServeProcess first = ServeProcess.start(data, logs, folder.resolve("first.log"))) {
            first.await(() -> first.said().contains("listening on"));
            bring(logs, "1.json");
            first.await(() -> objects(data) == 1);
            try (ServeProcess second = ServeProcess.start(data, logs, folder.resolve("second.log"))) {
                second.await(() -> second.said().contains("listening on"));
                second.await(() -> second.said().contains("answers the API alone"));
                first.kill();
                bring(logs, "2.json");
                second.await(() -> objects(data) == 2);
                second.await(() -> second.said().contains("this one analyses from now on"));
                second.stop();
            }
        }
    }

    private static void bring(Path logs, String name) throws IOException {
        Path hidden = Files.writeString(logs.resolve("." + name), "{\"Records\":[]}");
        Files.move(hidden, logs.resolve(name));
    }

    private static int objects(Path data) throws IOException {
        try (Store store = Store.openBeside(data)) {
            int[] count = new int[1];
            new ReadObjects(store).rows(row -> count[0]++);
            return count[0];
        }
    }
}
