package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Section;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.core.parse.runtime.HostHeader;
import dev.tocsin.core.parse.runtime.RuntimeReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The cases of {@link HostCasesTest}, read, and a host to show them to. */
public final class HostCases {

    /** The tools, each with a file of cases. */
    public static final List<String> TOOLS = HostHeader.TOOLS;

    private static final String EXPECTS = "expects ";

    private HostCases() {}

    /** A host with the lists that the cases suppose. */
    public static FakeHost<HostEvent> host() {
        Intelligence lists = lists();
        return new FakeHost<>(new HostFunction(new EngineServices(address -> new Doc(), () -> lists), Detectors.ALL));
    }

    private static Intelligence lists() {
        Intelligence.Builder builder = new Intelligence.Builder();
        Section lists = builder.begin();
        ip(lists, "198.51.100.21", Category.C2);
        ip(lists, "198.51.100.22", Category.CRYPTOMINING);
        ip(lists, "198.51.100.23", Category.BLACKHOLE);
        ip(lists, "198.51.100.24", Category.EXFILTRATION);
        ip(lists, "203.0.113.20", Category.TOR_GUARD);
        for (int i = 1; i <= 10; i++) {
            ip(lists, "203.0.113." + (100 + i), Category.TOR);
        }
        name(lists, "c2.example.com", Category.C2);
        name(lists, "mine.example.com", Category.CRYPTOMINING);
        name(lists, "sinkhole.example.com", Category.BLACKHOLE);
        name(lists, "drop.example.com", Category.EXFILTRATION);
        name(lists, "driveby.example.com", Category.DRIVE_BY);
        name(lists, "generated.example.com", Category.DGA);
        name(lists, "phish.example.com", Category.PHISHING);
        name(lists, "abused.example.com", Category.ABUSED);
        name(lists, "coin.example.com", Category.CRYPTOCURRENCY);
        name(lists, "malware.example.com", Category.MALWARE);
        name(lists, "odd.example.com", Category.SUSPICIOUS);
        lists.add(entry("a".repeat(64), Indicator.Kind.SHA256, Category.MALWARE));
        lists.commit(new IndicatorList("intel", IndicatorList.Kind.INTEL, 0, 0, "0"));
        Section own = builder.begin();
        own.add(entry("b".repeat(64), Indicator.Kind.SHA256, Category.CUSTOM));
        own.commit(new IndicatorList("own", IndicatorList.Kind.OPERATOR_THREAT, 0, 0, "0"));
        return builder.build();
    }

    private static void ip(Section lists, String value, Category category) {
        lists.add(entry(value, Indicator.Kind.IP, category));
    }

    private static void name(Section lists, String value, Category category) {
        lists.add(entry(value, Indicator.Kind.DOMAIN, category));
    }

    private static Indicator entry(String value, Indicator.Kind kind, Category category) {
        return Indicator.of(value, kind, 0, category).seen(0, 1_796_000_000L);
    }

    /** What a case's name says that it makes. */
    public static Set<String> expected(String name) {
        String said = name.startsWith(EXPECTS) ? name.substring(EXPECTS.length()) : "";
        Set<String> types = new TreeSet<>();
        for (String type : said.split("; ", -1)[0].split(", ", -1)) {
            if (type.contains(":Runtime/")) {
                types.add(type);
            }
        }
        return types;
    }

    /** The types that cases of {@code tool} make. */
    public static Set<String> fed(String tool) throws IOException {
        Set<String> types = new TreeSet<>();
        for (HostEvent event : events(tool)) {
            types.addAll(expected(String.valueOf(event.host().hostname())));
        }
        return types;
    }

    /** The events of a tool's cases. */
    public static List<HostEvent> events(String tool) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                HostCases.class.getResourceAsStream("/runtime/" + tool + ".log"), "cases of " + tool)) {
            return read(tool, in.readAllBytes());
        }
    }

    /** The events of a host log. */
    public static List<HostEvent> read(String name, byte[] bytes) {
        List<HostEvent> events = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void accept(Event event) {
                events.add((HostEvent) event);
            }

            @Override
            public void ignore(long count, String reason) {}

            @Override
            public void reject(long position, String reason) {
                throw new AssertionError(name + " line " + position + ": " + reason);
            }

            @Override
            public void note(long position, String text) {}
        };
        lines(new RuntimeReader(new ParseContext(LogObject.named(name), FieldPlan.NONE, null, null), sink), bytes);
        return events;
    }

    /** Hands the lines of {@code bytes} to {@code reader}. */
    public static void lines(RuntimeReader reader, byte[] bytes) {
        int from = 0;
        int number = 0;
        while (from < bytes.length) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            number++;
            if (end > from) {
                byte[] line = Arrays.copyOfRange(bytes, from, end);
                reader.line(line, 0, line.length, number);
            }
            from = end + 1;
        }
        reader.end();
    }
}
