package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The developers' corpora beside the repository; tests over them are skipped without them. */
final class Shared {

    private Shared() {}

    /** A path below the corpora; skips the test if it is not there. */
    static Path path(String below) {
        Path path = Path.of("..", "..", "shared").resolve(below);
        assumeTrue(Files.exists(path), () -> path + " is not here: skipped");
        return path;
    }
}
