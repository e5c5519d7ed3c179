package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.source.SourceObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs over objects in memory. */
final class AnalysisTest {

    private static final long NOON = Calls.NOON;
    private static final String ACCOUNT = "111122223333";

    private static Analysis run(int threads, List<SourceObject> objects) throws Exception {
        Analysis analysis = new Analysis(Analysis.Options.threads(threads));
        analysis.run(objects);
        return analysis;
    }

    private static List<String> findings(Analysis analysis) throws Exception {
        return analysis.findings(true).stream()
                .sorted(Comparator.comparing(FindingState::id))
                .map(finding -> finding.document().toJson()) // how often it was told hangs on when time went on
                .toList();
    }

    /** One object a minute, each with one call five minutes before its delivery. */
    private static List<SourceObject> minutes(int count) {
        List<SourceObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(
                    Calls.object(Calls.name(i, ACCOUNT), 0, Calls.stop("e" + i, "user" + i % 5, NOON + 60L * i - 300)));
        }
        return objects;
    }

    @Test
    void aRecordSeventyYearsAheadInTheMiddleChangesNothing() throws Exception {
        List<SourceObject> objects = minutes(120);
        List<String> undisturbed = findings(run(1, objects));
        long ahead = NOON + 70L * 365 * 24 * 60 * 60;
        String from = Calls.record("future", "user1", ahead, ACCOUNT, "GetTrail");
        objects.add(60, Calls.object(Calls.name(60, ACCOUNT).replace(".json", "x.json"), 0, from));
        Analysis disturbed = run(1, objects);
        assertEquals(undisturbed, findings(disturbed));
        String totals = disturbed.ledger().toDoc().part("totals").toJson();
        assertTrue(totals.contains("\"future\":1"), totals);
        assertTrue(!totals.contains("\"late\""), totals);
    }

    @Test
    void countsARecordBehindTheWatermarkAsLate() throws Exception {
        List<SourceObject> objects = minutes(120);
        objects.add(Calls.object(Calls.name(120, ACCOUNT), 0, Calls.stop("late", "user1", NOON)));
        String totals = run(1, objects).ledger().toDoc().part("totals").toJson();
        assertTrue(totals.contains("\"late\":1"), totals);
    }

    @Test
    void aDuplicateIsKnownForTwoHoursOfEventTime() throws Exception {
        List<SourceObject> objects = minutes(240);
        objects.add(Calls.object(Calls.name(240, ACCOUNT), 0, Calls.stop("e100", "user0", NOON + 60L * 100 - 300)));
        assertTrue(run(1, objects).ledger().toDoc().toJson().contains("\"duplicates\":1"));
    }

    @Test
    void findsTheSameWhateverIsListedFirst() throws Exception {
        List<SourceObject> objects = minutes(100);
        for (int i = 0; i < 20; i++) {
            objects.add(Calls.object(
                    "export" + i + ".json", 9, Calls.stops("x" + i + "-", 30).toArray(String[]::new)));
        }
        List<String> forward = findings(run(1, objects));
        for (int threads : new int[] {1, 2, 8}) {
            assertEquals(forward, findings(run(threads, objects.reversed())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void shardsGiveTheSameOnAnyNumberOfThreads(int threads) throws Exception {
        List<SourceObject> objects = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String[] records = new String[1_000];
            for (int j = 0; j < records.length; j++) {
                String account = String.valueOf(111122223333L + j % 37);
                records[j] = Calls.record(
                        "e" + i + "-" + j % 900,
                        "user" + j % 3,
                        Calls.NOON + 300L * i + j % 300,
                        account,
                        "StopLogging");
            }
            objects.add(Calls.object(Calls.name(5 * i, ACCOUNT), 0, records));
        }
        Analysis one = run(1, objects);
        Analysis many = run(threads, objects.reversed());
        assertEquals(findings(one), findings(many));
        assertEquals(one.ledger().toDoc().toJson(), many.ledger().toDoc().toJson());
        assertTrue(findings(one).size() > 100, "many accounts");
    }
}
