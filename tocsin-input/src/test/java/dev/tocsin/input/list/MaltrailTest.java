package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A million and a half entries fit. */
final class MaltrailTest {

    /** Lines of the file without its header. */
    private static final long ENTRIES = 1_528_716;

    private static final long MOST_BYTES = 200L << 20;

    @Test
    void fitsInto200Megabytes() throws IOException {
        Intelligence.Builder builder = new Intelligence.Builder();
        ListReport report;
        try (InputStream in = Files.newInputStream(Shared.path("intel/maltrail-domains.tsv.gz"))) {
            report = ListReader.read(ListRequest.of("maltrail", Kind.INTEL), in, builder);
        }
        Intelligence intelligence = builder.build();
        assertEquals("INTEL_TSV", report.format());
        assertEquals(ENTRIES, report.accepted() + report.rejected() + report.ignoredCount(), report::toString);
        assertTrue(report.rejected() < ENTRIES / 1000, report::toString);
        assertTrue(intelligence.retainedBytes() < MOST_BYTES, () -> intelligence.retainedBytes() + " bytes");
        assertTrue(intelligence.domain("www.kenzarecipes.com", 0).fires());
        assertNull(intelligence.domain("example.com", 0));
    }
}
