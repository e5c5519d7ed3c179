package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A million and a half entries fit, and are found again. */
final class MaltrailTest {

    /** Lines of the file without its header. */
    private static final long ENTRIES = 1_528_716;

    private static final long MOST_BYTES = 200L << 20;

    /** One row of so many is looked up. */
    private static final int STRIDE = 997;

    @Test
    void fitsInto200Megabytes() throws IOException {
        Path file = Shared.path("intel/maltrail-domains.tsv.gz");
        Intelligence.Builder builder = new Intelligence.Builder();
        ListReport report;
        try (InputStream in = Files.newInputStream(file)) {
            report = ListReader.read(ListRequest.of("maltrail", Kind.INTEL), in, builder);
        }
        Intelligence intelligence = builder.build();
        assertEquals("INTEL_TSV", report.format());
        assertEquals(ENTRIES, report.accepted() + report.rejected() + report.ignoredCount(), report::toString);
        assertTrue(report.rejected() < 100, report::toString);
        assertTrue(intelligence.retainedBytes() < MOST_BYTES, () -> intelligence.retainedBytes() + " bytes");
        assertNull(intelligence.domain("www.example.com", 0));
        List<String> rows = rows(file);
        long found = rows.stream().filter(row -> finds(row, intelligence)).count();
        assertTrue(found >= rows.size() - 2, () -> found + " of " + rows.size() + " rows found");
    }

    private static List<String> rows(Path file) throws IOException {
        int[] number = new int[1];
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#") && number[0]++ % STRIDE == 0)
                    .toList();
        }
    }

    /** Whether the row's value matches with the row's port and family among the entries. */
    private static boolean finds(String row, Intelligence intelligence) {
        String[] cells = row.split("\t", -1);
        int port = cells[2].isEmpty() ? 0 : Integer.parseInt(cells[2]);
        var match = cells[1].equals("domain")
                ? intelligence.domain("www." + cells[0], 0)
                : intelligence.address(Address.parse(cells[0].replaceAll("/.*", "")), port, 0);
        return match != null
                && match.hits().stream()
                        .anyMatch(hit -> cells[3].equals(hit.indicator().family()));
    }
}
