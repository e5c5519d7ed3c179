package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.event.NameQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The odd resolver query logs of the shared inputs, where they are at hand. Wrapped and bucket forms are the host's. */
final class NameQueryManifestTest {

    private static final Path INPUTS = Path.of("..", "..", "shared", "inputs", "dns");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            control.log.gz            |  2 | 0
            version-1-0.log.gz        |  4 | 0
            no-trailing-dot.log       |  2 | 0
            idn.log                   |  5 | 0
            long-names.log.gz         |  3 | 3
            escaped-names.log         |  7 | 0
            reverse-and-search.log    |  3 | 0
            suffix-match.log          |  3 | 0
            answers-forms.log         |  9 | 0
            rcodes.log                |  9 | 0
            query-types.log           | 12 | 0
            srcids-forms.log          |  5 | 0
            firewall.log              |  3 | 0
            odd-times.log             |  3 | 2
            crlf-blank-cut.log        |  4 | 1
            fp-generated-names.log.gz | 11 | 0
            """)
    void readsWhatItMust(String file, int accepted, int rejected) throws IOException {
        assumeTrue(Files.exists(INPUTS.resolve(file)), () -> "shared inputs are not at hand: " + INPUTS);
        Collected sink = read(INPUTS.resolve(file));
        assertEquals(accepted, sink.queries.size(), sink::toString);
        assertEquals(rejected, sink.rejected.size(), sink::toString);
        if (!file.startsWith("fp-") && !file.startsWith("reverse")) {
            assertTrue(sink.queries.stream().map(NameQuery::name).anyMatch(name -> name.endsWith("c2.threat.example")));
        }
    }

    /** Values one after the other; what is no JSON goes up to the end of its line, as hosts do it. */
    static Collected read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        Collected sink = new Collected();
        NameQueryReader reader = new NameQueryReader(Collected.context(), sink);
        ValueScanner scanner = new ValueScanner();
        int at = JsonBytes.skipBlanks(bytes, 0, bytes.length);
        while (at < bytes.length) {
            scanner.start();
            int end = scanner.scan(bytes, at, bytes.length);
            if (end < 0) {
                sink.reject(at, "no JSON");
                end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n', at);
                end = end < 0 ? bytes.length : end;
            } else {
                assertTrue(reader.record(bytes, at, end, at));
            }
            at = JsonBytes.skipBlanks(bytes, end, bytes.length);
        }
        return sink;
    }
}
