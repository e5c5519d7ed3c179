package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.ObjectReport.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Damaged, endless and random bytes: a report, never an exception. */
final class ListDamageTest {

    private static final ListRequest REQUEST = ListRequest.of("damaged", Kind.OPERATOR_THREAT);

    private static ListReport read(ListRequest request, byte[] bytes) throws IOException {
        return ListReader.read(request, new ByteArrayInputStream(bytes), new Intelligence.Builder());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void aCutGzipGivesWhatCameBefore() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            text.append("11.1.").append(i >>> 8).append('.').append(i & 255).append('\n');
        }
        byte[] whole = gzip(text.toString());
        ListReport report = read(REQUEST, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(Status.PARTIAL, report.status());
        assertTrue(report.accepted() > 1000, report::toString);
        assertEquals(50_000, read(REQUEST, whole).accepted());
    }

    @Test
    void aGzipWithoutContentIsRefused() throws IOException {
        assertEquals(
                Status.REFUSED,
                read(REQUEST, new byte[] {0x1F, (byte) 0x8B, 1, 2}).status());
        assertEquals(Status.REFUSED, read(REQUEST, gzip("")).status());
    }

    @Test
    void aListThatUnpacksWithoutEndIsRefused() throws IOException {
        byte[] bomb = gzip("198.51.100.1\n" + " ".repeat(10_000_000));
        ListReport report = read(REQUEST.within(new ListLimits(10, 1_000_000)), bomb);
        assertEquals("more than 1000000 bytes", report.message());
        assertTrue(report.bytes() < 2_000_000);
    }

    @Test
    void utf16IsNamed() throws IOException {
        byte[] text = ("\uFEFF" + "198.51.100.1\n").getBytes(StandardCharsets.UTF_16LE);
        assertEquals("UTF-16 text: save it as UTF-8", read(REQUEST, text).message());
    }

    @Test
    void theVersionFollowsTheContent() throws IOException {
        String plain = "198.51.100.1\n";
        String version =
                read(REQUEST, plain.getBytes(StandardCharsets.UTF_8)).list().version();
        assertEquals(version, read(REQUEST, gzip(plain)).list().version());
        assertEquals(16, version.length());
    }

    @Test
    void hashesAreUsedWhereTheyAreWanted() throws IOException {
        byte[] text = ("AB".repeat(32) + "\n").getBytes(StandardCharsets.UTF_8);
        assertEquals(0, read(REQUEST, text).accepted());
        Intelligence.Builder builder = new Intelligence.Builder();
        ListReader.read(REQUEST.withHashes(), new ByteArrayInputStream(text), builder);
        assertTrue(builder.build().sha256("ab".repeat(32)).fires());
    }

    @Test
    void whatIsTooWideCanBeForced() throws IOException {
        byte[] text = "co.uk\n10.0.0.0/7\n0.0.0.0/0\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(3, read(REQUEST, text).rejected());
        assertEquals(3, read(REQUEST.forced(), text).accepted());
    }

    @Test
    void noBytesAreAnException() throws IOException {
        long base = Long.getLong("tocsin.seed", System.nanoTime());
        String alphabet = "<>{}[]\"',:;#/\\\n\t .0123456789abcxIPv_|^!-=\u00fc";
        for (int round = 0; round < 300; round++) {
            Random random = new Random(base + round);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (String format : ListReader.formats()) {
                try {
                    read(REQUEST.as(format), text.toString().getBytes(StandardCharsets.UTF_8));
                } catch (RuntimeException e) {
                    throw new AssertionError("-Dtocsin.seed=" + (base + round) + " as " + format, e);
                }
            }
            readAs(text, "indicator\tkind\tcategory\n", base + round);
            readAs(text, "Indicator type,Indicator\n", base + round);
            readAs(
                    text,
                    "{\"objects\":[{\"spec_version\":\"2.1\",\"type\":\"indicator\",\"id\":\"a--b\",\"pattern\":\"",
                    base + round);
        }
    }

    private static void readAs(StringBuilder text, String before, long seed) throws IOException {
        try {
            read(REQUEST, (before + text).getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new AssertionError("-Dtocsin.seed=" + seed + " after " + before, e);
        }
    }
}
