package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.server.api.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ApiPageTest {

    /** The committed page; with {@code -Dtocsin.docs.write=true} this test rewrites it first. */
    private static final Path PAGE = Path.of("../docs/api.md");

    @Test
    void thePageIsThatOfTheContract() throws IOException {
        String page = ApiPage.of(Contract.get());
        if (Boolean.getBoolean("tocsin.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "docs/api.md is stale; run this test with -Dtocsin.docs.write=true");
    }
}
