package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Floods of random names: what is kept of a host does not grow with them, and what they do is found. */
final class LookupFloodTest {

    private static final long START = 1_772_366_400;
    private static final Origin ORIGIN = new Origin(LogObject.named("dns"), 0);

    private final FakeHost<NameQuery> host = new FakeHost<>(new NameFunction(EngineServices.NONE, Detectors.ALL));

    private static NameQuery query(long i, String name, String type, String code, List<NameQuery.Answer> answers) {
        return new NameQuery(
                ORIGIN,
                START + i % 3_600,
                "111122223333",
                "us-east-1",
                "vpc-1",
                name,
                type,
                code,
                answers,
                "10.0.0.5",
                40000,
                "UDP",
                "i-1",
                null,
                null,
                null,
                i * 0x9E37_79B9_7F4A_7C15L);
    }

    private void flood(long times, LongFunction<NameQuery> query) {
        for (long i = 0; i < times; i++) {
            host.take("host", query.apply(i));
        }
        host.saveAndLoad();
        assertEquals(6, host.entries("lookups"), "windows of an hour");
        host.advance(START + 2 * 3_600);
        host.saveAndLoad();
        assertEquals(0, host.entries("lookups"));
        assertTrue(host.entries("memory") <= 2, "one entry a detector");
        host.largest.forEach((kind, bytes) -> assertTrue(bytes <= StateKind.MAX_BYTES, kind + " " + bytes));
    }

    private Set<String> types() {
        Set<String> types = new TreeSet<>();
        host.signals.forEach(signal -> types.add(signal.type().name()));
        return types;
    }

    private static String random(long i, int length) {
        StringBuilder text = new StringBuilder(length);
        long bits = i * 0xFF51_AFD7_ED55_8CCDL;
        for (int n = 0; n < length; n++) {
            bits = (bits ^ (bits >>> 31)) * 0x9E37_79B9_7F4A_7C15L;
            text.append((char) ('a' + (bits >>> 40) % 26));
        }
        return text.toString();
    }

    @Test
    void aMillionRegisteredNames() {
        flood(1_000_000, i -> query(i, random(i, 14) + ".com", "A", "NXDOMAIN", List.of()));
        assertEquals(Set.of("Trojan:EC2/DGADomainRequest.B"), types());
        assertTrue(host.largest.get("lookups") < 10_000, "a window of a flood: " + host.largest);
        assertTrue(host.largest.get("memory") < 4_096, "what a host remembers: " + host.largest);
    }

    @Test
    void whatComesBehindTheWatermarkIsInNoWindow() {
        host.advance(START + 300);
        for (long i = 0; i < 100; i++) {
            host.take("host", query(i, random(i, 14) + ".com", "A", "NXDOMAIN", List.of()));
        }
        assertEquals(0, host.entries("lookups"), "they may be duplicates of what was forgotten");
    }

    @Test
    void manyLongNamesBelowManyDomains() {
        flood(300_000, i -> {
            String name =
                    random(i, 60) + "." + random(i + 1, 60) + "." + random(i + 2, 60) + "." + random(i % 5_000, 60);
            return query(i, name + ".com", "TXT", "NOERROR", List.of(new NameQuery.Answer("TXT", random(i, 200))));
        });
        assertTrue(host.largest.get("lookups") > 20_000, "the worst that a window can hold: " + host.largest);
    }

    @Test
    void manyNamesBelowOneDomain() {
        flood(300_000, i -> query(i, random(i, 30) + ".t.evil.com", "TXT", "NXDOMAIN", List.of()));
        assertTrue(host.largest.get("lookups") < 2_000, "a window of one domain: " + host.largest);
    }
}
