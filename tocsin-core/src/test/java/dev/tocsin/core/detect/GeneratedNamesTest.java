package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeneratedNamesTest {

    private static final String TYPE = "Trojan:EC2/DGADomainRequest.B";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                          | queries                                                                    | found
            names of letters that nobody has        | 12 every 5 A {letters:16}.com NX                                             | true
            too few of them                         | 6 every 5 A {letters:16}.com NX                                              | false
            as many as are needed                   | 7 every 5 A {letters:16}.com NX                                              | true
            one of them answers                     | 30 every 5 A {letters:16}.com NX; 1 every 1 A {letters:16}.com A 192.0.2.1   | true
            over hours                              | 20 every 1200 A {letters:16}.net NX                                          | true
            names of words                          | 80 every 5 A {word}.com NX                                                   | true
            names of words over hours               | 90 every 120 A {word}.net NX                                                 | true
            too few of words                        | 25 every 5 A {word}.com NX                                                   | false
            below services that give names          | 20 every 5 A {letters:12}.duckdns.org NX                                     | true
            hosts of domains that nobody has        | 40 every 5 A app{i}.{letters:12}.com NX                                      | true
            the same few names for hours            | 6 every 5 A qzkvjwpqhf{i}.com NX; +600 6 every 5 A qzkvjwpqhf{i}.com NX        | false
            a crawler on its first day              | 90 every 5 A {word}.com NX; 400 every 1 A {letters:5}.com A 192.0.2.1        | false
            single labels when a browser starts     | 60 every 1 A {letters:10} NX                                                 | false
            search paths of a company               | 60 every 1 A {letters:10}.corp.example.com NX                                | false
            search paths of the VPC and a cluster   | 60 every 1 A {letters:10}.com.ec2.internal NX; 60 every 1 A {letters:10}.com.svc.cluster.local NX | false
            hosts that are gone                     | 60 every 1 A {hex:12}.cdn.example.com NX                                     | false
            mail block lists                        | 200 every 1 A {i}.2.0.192.zen.blocks.org NX                                  | false
            names blocked in mail                   | 200 every 1 A {word}.com.uri.blocks.org NX                                   | false
            a mail relay's dead recipients          | 60 every 1 MX {word}.com NX                                                  | false
            one brand under many spellings          | 90 every 1 A {letters:1}acmebank{letters:1}.com NX                           | false
            a short one under many spellings        | 90 every 1 A ac{letters:1}meba.com NX; 90 every 1 A acme{letters:1}ba.com NX | false
            one brand under many suffixes           | 60 every 1 A acmebank.{letters:2} NX                                         | false
            names of a content network that exist   | 200 every 1 A d{hex:13}.cloudfront.net A 192.0.2.1                           | false
            reverse look-ups                        | 200 every 1 PTR {i}.2.0.192.in-addr.arpa NX                                  | false
            """)
    void tells(String what, String queries, boolean found) {
        assertEquals(found ? List.of(TYPE) : List.of(), NameFixture.types(queries));
    }

    @Test
    void ownHabitCountsAfterThreeDays() {
        String linkChecker = days(4, "50 every 60 A {word}{i}.com NX; +%d 60 every 60 A {letters:6}.com A 192.0.2.1");
        assertEquals(List.of(), NameFixture.types(linkChecker), "half of the links are dead, every day");
        String quiet = days(4, "60 every 60 A {letters:6}.com A 192.0.2.1");
        String busy =
                quiet + "; +259300 100 every 10 A {letters:6}.com A 192.0.2.1; +259300 60 every 10 A {word}.net NX";
        assertEquals(List.of(TYPE), NameFixture.types(busy), "on a busy host whose names never failed");
    }

    /** {@code step} on so many days, beginning at the start. */
    private static String days(int days, String step) {
        return IntStream.range(0, days)
                .mapToObj(day -> "+" + day * 86_400 + " " + step.formatted(day * 86_400))
                .collect(Collectors.joining("; "));
    }

    @Test
    void showsNamesScoresAndBaseline() {
        Signal signal = NameFixture.signals(
                        EngineServices.NONE,
                        "30 every 5 A {letters:16}.com NX; 10 every 5 A {letters:3}.com A 192.0.2.1")
                .getFirst();
        Doc additional = signal.additional();
        assertEquals(30, additional.number("failedDomains", 0));
        assertEquals(10, additional.number("answeredDomains", 0));
        assertEquals(10, signal.evidence().size());
        assertEquals(20, ((List<?>) additional.get("namesSample")).size());
        assertEquals(1, ((List<?>) additional.get("series")).size());
        assertNotEquals(
                additional.text("domain"),
                signal.action().part("dnsRequestAction").text("domain"),
                "another name that was asked");
        assertTrue(signal.first() < signal.last());
    }

    @Test
    void orderChangesNothing() {
        List<NameQuery> queries = new ArrayList<>(
                NameFixture.queries(
                        "300 every 5 A {letters:14}.com NX; 300 every 5 A {letters:4}.com A 192.0.2.{i}; 40 every 900 A {word}.com NX"));
        List<Signal> expected = NameFixture.signals(EngineServices.NONE, queries);
        assertTrue(!expected.isEmpty());
        for (int seed = 1; seed <= 5; seed++) {
            Collections.shuffle(queries, new Random(seed));
            assertEquals(expected, NameFixture.signals(EngineServices.NONE, queries), "seed " + seed);
        }
    }
}
