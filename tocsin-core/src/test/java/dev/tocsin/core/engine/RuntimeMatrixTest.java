package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of docs/runtime.md is what the cases show; {@code -Dtocsin.docs.write=true} writes it anew. */
final class RuntimeMatrixTest {

    private static final Path PAGE = Path.of("../docs/runtime.md");
    private static final String BEGIN = "<!-- matrix -->\n";
    private static final String END = "<!-- /matrix -->";

    @Test
    void thePageShowsWhatTheCasesShow() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        String table = table();
        if (Boolean.getBoolean("tocsin.docs.write")) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
            return;
        }
        assertEquals(table, page.substring(from, to));
    }

    private static String table() throws IOException {
        Map<String, Set<String>> fed = new TreeMap<>();
        for (String tool : HostCases.TOOLS) {
            fed.put(tool, HostCases.fed(tool));
        }
        StringBuilder table = new StringBuilder("| type");
        HostCases.TOOLS.forEach(tool -> table.append(" | ").append(tool));
        table.append(" |\n|---").append("|---".repeat(HostCases.TOOLS.size())).append("|\n");
        Set<String> types = new TreeSet<>();
        for (FindingType type : Detectors.types().values()) {
            if (type.source() == DataSource.RUNTIME) {
                types.add(type.name());
            }
        }
        for (String type : types) {
            table.append("| `").append(type).append('`');
            for (String tool : HostCases.TOOLS) {
                table.append(fed.getOrDefault(tool, Set.of()).contains(type) ? " | yes" : " | ");
            }
            table.append(" |\n");
        }
        return table.toString();
    }
}
