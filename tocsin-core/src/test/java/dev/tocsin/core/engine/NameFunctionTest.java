package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NameFunctionTest {

    private static final long MINUTE = 1_772_366_400;

    private final FakeHost<NameQuery> host = new FakeHost<>(new NameFunction(EngineServices.NONE, Detectors.ALL));

    private static NameQuery query(long at, long hash, long deliveredAt) {
        return query(at, hash, new Origin(new LogObject(0, "dns", null, null, null, deliveredAt), 0));
    }

    private static NameQuery query(long at, long hash, Origin origin) {
        return new NameQuery(
                origin,
                at,
                "111122223333",
                "us-east-1",
                "vpc-1",
                "rebind.example.com",
                "A",
                "NOERROR",
                List.of(new NameQuery.Answer("A", "169.254.169.254")),
                "10.0.0.5",
                4000,
                "UDP",
                "i-1",
                null,
                null,
                null,
                hash);
    }

    private void take(NameQuery query) {
        host.take(NameFunction.key(query), query);
    }

    @Test
    void dropsDuplicatesUntilTheMinuteCloses() {
        take(query(MINUTE + 1, 7, Long.MAX_VALUE));
        take(query(MINUTE + 1, 7, Long.MAX_VALUE));
        take(query(MINUTE + 1, 8, Long.MAX_VALUE));
        assertEquals(Map.of(Output.Count.DUPLICATE, 1), host.counts);
        assertEquals(2, host.signals.size());
        host.saveAndLoad();
        host.advance(MINUTE + 59);
        take(query(MINUTE + 1, 8, Long.MAX_VALUE));
        assertEquals(Map.of(Output.Count.DUPLICATE, 2), host.counts, "the minute is open");
        host.advance(MINUTE + 60);
        assertEquals(0, host.entries("seenQueries"), "forgotten");
        take(query(MINUTE + 1, 9, Long.MAX_VALUE));
        assertEquals(Map.of(Output.Count.DUPLICATE, 2, Output.Count.LATE, 1), host.counts);
        assertEquals(3, host.signals.size(), "late records make findings of one record");
        assertEquals(0, host.entries("seenQueries"), "and leave nothing behind");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what comes again                       | objects and places | duplicates
            asked twice in a second                  | a1 a2              | 0
            delivered in another object              | a1 b1              | 1
            both delivered again                     | a1 a2 b1 b2        | 2
            the same object read again               | a1 a2 a1 a2        | 2
            read again, grown by another             | a1 a2 a1 a2 a3     | 2
            """)
    void tellsAQueryAskedAgainFromOneDeliveredAgain(String name, String places, int duplicates) {
        for (String place : places.split(" ", -1)) {
            Origin origin = new Origin(LogObject.named(place.substring(0, 1)), place.charAt(1));
            take(query(MINUTE + 1, 7, origin));
            host.saveAndLoad();
        }
        assertEquals(duplicates, host.counts.getOrDefault(Output.Count.DUPLICATE, 0));
    }

    @Test
    void notesWhatClaimsToBeAheadOfItsDelivery() {
        take(query(MINUTE + LogObject.BELIEF_SECONDS, 1, MINUTE));
        take(query(MINUTE + LogObject.BELIEF_SECONDS + 1, 2, MINUTE));
        assertEquals(Map.of(Output.Count.FUTURE, 1), host.counts);
        assertEquals(2, host.signals.size());
    }

    @Test
    void anEntryHoldsOnlySoMuch() {
        for (int i = 0; i < 5 * SeenQueries.MAX_DIGESTS; i++) {
            take(query(MINUTE, 0x1234_5678_0000_0000L * i + i, Long.MAX_VALUE));
        }
        host.saveAndLoad();
        assertEquals(true, host.largest.get("seenQueries") <= StateKind.MAX_BYTES, () -> "largest " + host.largest);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # who asked              | instance | endpoint   | key
            an instance              | i-1      | none       | 111122223333/us-east-1/i-1
            a forwarder              | none     | rslvr-in-1 | 111122223333/us-east-1/rslvr-in-1
            an address without name  | none     | none       | 111122223333/us-east-1/vpc-1/10.0.0.5
            """)
    void hasTheKeyOfWhoAsked(String name, String instance, String endpoint, String key) {
        NameQuery one = query(0, 0, 0);
        assertEquals(
                key,
                NameFunction.key(new NameQuery(
                        one.origin(),
                        0,
                        one.account(),
                        one.region(),
                        one.vpcId(),
                        one.name(),
                        one.type(),
                        null,
                        List.of(),
                        one.sourceAddress(),
                        0,
                        null,
                        instance,
                        endpoint,
                        null,
                        null,
                        0)));
    }
}
