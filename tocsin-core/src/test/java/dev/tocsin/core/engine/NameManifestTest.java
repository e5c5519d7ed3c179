package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Section;
import dev.tocsin.core.parse.NameQueryReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the shared odd query logs to signals, with the operator's list that the manifest asks for. */
final class NameManifestTest {

    private static final Path INPUTS = Path.of("..", "..", "shared", "inputs", "dns");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            control.log.gz            | 1 | 0
            version-1-0.log.gz        | 1 | 0
            no-trailing-dot.log       | 1 | 0
            idn.log                   | 1 | 0
            long-names.log.gz         | 1 | 0
            escaped-names.log         | 1 | 0
            reverse-and-search.log    | 0 | 0
            suffix-match.log          | 1 | 0
            answers-forms.log         | 1 | 0
            rcodes.log                | 1 | 0
            query-types.log           | 1 | 0
            srcids-forms.log          | 1 | 0
            firewall.log              | 1 | 1
            odd-times.log             | 1 | 0
            fp-generated-names.log.gz | 0 | 0
            """)
    void findsTheListedNameAndNothingElse(String file, int findings, int blocked) throws IOException {
        assumeTrue(Files.exists(INPUTS.resolve(file)), () -> "shared inputs are not at hand: " + INPUTS);
        EngineServices services = new EngineServices(address -> new Doc(), NameManifestTest::list);
        FakeHost<NameQuery> host = new FakeHost<>(new NameFunction(services, Detectors.ALL));
        read(INPUTS.resolve(file), host);
        assertEquals(
                findings == 0 ? List.of() : List.of("Impact:EC2/MaliciousDomainRequest.Custom"),
                host.signals.stream().map(signal -> signal.type().name()).toList());
        assertEquals(
                blocked,
                host.signals.stream()
                        .map(signal -> signal.action().part("dnsRequestAction").get("blocked"))
                        .filter(Boolean.TRUE::equals)
                        .count());
        assertEquals(java.util.Map.of(), host.counts, "no duplicates, nothing late");
    }

    private static Intelligence list() {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        section.add(Indicator.of("c2.threat.example", Indicator.Kind.DOMAIN, 0, Category.CUSTOM));
        section.commit(new IndicatorList("own", IndicatorList.Kind.OPERATOR_THREAT, 0, 0, "0"));
        return builder.build();
    }

    /** One record a line. */
    private static void read(Path file, FakeHost<NameQuery> host) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (file.toString().endsWith(".gz")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        ParseContext context = new ParseContext(LogObject.named(file.toString()), FieldPlan.NONE, null, null);
        NameQueryReader reader = new NameQueryReader(context, new ToHost(host));
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            byte[] record = line.getBytes(StandardCharsets.UTF_8);
            if (record.length > 0) {
                reader.record(record, 0, record.length, 0);
            }
        }
    }

    /** Hands queries to the host, each under its key. */
    private record ToHost(FakeHost<NameQuery> host) implements RecordSink {
        @Override
        public void accept(Event event) {
            NameQuery query = (NameQuery) event;
            host.take(NameFunction.key(query), query);
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}
    }
}
