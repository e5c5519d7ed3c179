package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.server.report.TypePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TypesCommandTest extends CommandFixture {

    /** The committed pages; with {@code -Dtocsin.docs.write=true} this test rewrites them first. */
    private static final Path PAGES = Path.of("../docs/finding-types");

    @Test
    void thePagesAreThoseOfTheDetectors() throws IOException {
        if (Boolean.getBoolean("tocsin.docs.write")) {
            assertEquals(0, tocsin("types", "--markdown", PAGES.toString()));
        }
        Map<String, String> committed = new TreeMap<>();
        try (var pages = Files.newDirectoryStream(PAGES, "*.md")) {
            for (Path page : pages) {
                committed.put(page.getFileName().toString(), Files.readString(page));
            }
        }
        assertEquals(
                TypePages.of(Detectors.types().values()),
                committed,
                "docs/finding-types is stale; './tocsin types --markdown docs/finding-types' rewrites it");
    }

    @Test
    void listsAndShows() {
        assertEquals(0, tocsin("types"));
        assertEquals(Detectors.types().size() + 1, out.toString().lines().count());
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin("types", "Policy:IAMUser/RootCredentialUsage"));
        assertTrue(out.toString().contains("fires     when any call"), out.toString());
        assertEquals(2, tocsin("types", "Policy:IAMUser/Nothing"));
    }

    @Test
    void leavesPagesOfPeopleAlone() throws IOException {
        Files.writeString(folder.resolve("mine.md"), "# Mine\n");
        Files.writeString(folder.resolve("old-type.md"), TypePages.MADE);
        assertEquals(0, tocsin("types", "--markdown", folder.toString()));
        assertTrue(Files.exists(folder.resolve("mine.md")));
        assertTrue(Files.notExists(folder.resolve("old-type.md")));
    }
}
