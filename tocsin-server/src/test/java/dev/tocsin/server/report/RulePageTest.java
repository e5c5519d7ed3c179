package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RulePageTest {

    /** The committed page; with {@code -Dtocsin.docs.write=true} this test rewrites it first. */
    private static final Path PAGE = Path.of("../docs/rules-list.md");

    @Test
    void theCommittedPageIsWhatTheRulesSay() throws IOException {
        String page = RulePage.of(Rules.ALL);
        if (Boolean.getBoolean("tocsin.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "docs/rules-list.md is stale: -Dtocsin.docs.write=true rewrites it");
    }
}
