package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports and concatenations: objects that span days are processed a day at a time. */
final class LongObjectTest {

    private static final String ACCOUNT = "111122223333";
    private static final int HOURS = 5 * 24;

    @TempDir
    private Path folder;

    /** How an export lies. */
    enum Sequence {
        OLDEST_FIRST,
        NEWEST_FIRST,
        SHUFFLED;

        List<String> of(List<String> records) {
            List<String> all = new ArrayList<>(records);
            switch (this) {
                case OLDEST_FIRST -> {}
                case NEWEST_FIRST -> Collections.reverse(all);
                case SHUFFLED -> Collections.shuffle(all, new Random(7));
            }
            return all;
        }
    }

    /** Twelve calls an hour, the last of them twice. */
    private static List<String> hour(String prefix, int hour) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            records.add(Calls.stop(prefix + hour + "-" + i, "user" + i % 5, Calls.NOON + 3_600L * hour + 300L * i));
        }
        records.add(records.getLast());
        return records;
    }

    private static SourceObject hourly(String prefix, int hour) {
        return Calls.object(
                "AWSLogs/" + ACCOUNT + "/CloudTrail/us-east-1/" + prefix + hour + ".json",
                Calls.NOON + 10 * 86_400,
                hour(prefix, hour).toArray(String[]::new));
    }

    private static SourceObject lines(String name, List<String> records) {
        byte[] bytes = String.join("\n", records).getBytes(StandardCharsets.UTF_8);
        return new SourceObject(name, bytes.length, Calls.NOON + 10 * 86_400, () -> new ByteArrayInputStream(bytes));
    }

    private static SourceObject export(Sequence sequence) {
        List<String> records = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            records.addAll(hour("a", hour));
        }
        return lines("export.jsonl", sequence.of(records));
    }

    private static List<SourceObject> otherHours() {
        List<SourceObject> objects = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            objects.add(hourly("b", hour));
        }
        return objects;
    }

    private static Analysis run(int threads, List<SourceObject> objects) throws Exception {
        Analysis analysis = new Analysis(Analysis.Options.threads(threads));
        analysis.run(objects);
        return analysis;
    }

    /** The findings without the places of their records. */
    private static List<String> findings(Analysis analysis) throws Exception {
        return analysis.findings(true).stream()
                .sorted(Comparator.comparing(FindingState::id))
                .map(finding -> finding.id() + " " + finding.firstSeen() + " " + finding.lastSeen() + " "
                        + finding.severity() + " "
                        + finding.document().part("Service").get("Count"))
                .toList();
    }

    private static String counts(Analysis analysis) {
        Doc totals = analysis.ledger().toDoc().part("totals");
        return totals.with("bytes", 0).toJson(); // the shell of a JSON document counts too
    }

    @ParameterizedTest
    @EnumSource
    void anExportGivesWhatItsRecordsGiveInHourlyObjects(Sequence sequence) throws Exception {
        List<SourceObject> apart = otherHours();
        for (int hour = 0; hour < HOURS; hour++) {
            apart.add(hourly("a", hour));
        }
        Analysis expected = run(1, apart);
        List<SourceObject> together = otherHours();
        together.add(export(sequence));
        for (int threads : new int[] {1, 4}) {
            Analysis analysis = run(threads, together);
            assertEquals(findings(expected), findings(analysis));
            assertEquals(counts(expected), counts(analysis));
            assertFalse(counts(analysis).contains("late"), counts(analysis));
            assertEquals(List.of("export.jsonl"), analysis.cut());
            assertEquals(HOURS + 1, analysis.ledger().rows().size(), "one row an object");
        }
        assertEquals(List.of(), expected.cut());
    }

    @Test
    void withStateItIsReadOnceAndTheNextRunGoesOn() throws Exception {
        Analysis whole = run(1, List.of(export(Sequence.OLDEST_FIRST), hourly("a", HOURS)));
        for (List<SourceObject> objects : List.of(
                List.of(export(Sequence.NEWEST_FIRST)), List.of(export(Sequence.NEWEST_FIRST), hourly("a", HOURS)))) {
            try (Store store = Store.open(folder)) {
                Analysis analysis = new Analysis(
                        Analysis.Options.threads(2).kept(store, () -> 0, (bytes, read, records, findings) -> {}));
                analysis.run(objects);
                if (objects.size() > 1) {
                    assertEquals(findings(whole), findings(analysis));
                    assertEquals(List.of(), analysis.cut(), "read by the run before");
                }
            }
        }
    }

    @Test
    void oneThatCannotBeReadAgainIsPartial() throws Exception {
        SourceObject export = export(Sequence.OLDEST_FIRST);
        AtomicInteger opened = new AtomicInteger();
        SourceObject lost = new SourceObject(export.name(), export.size(), export.modifiedAt(), () -> {
            if (opened.incrementAndGet() > 4) { // its digest, its days and two parts
                throw new IOException("gone");
            }
            return export.opener().open();
        });
        LedgerRow row = run(1, List.of(lost)).ledger().rows().getFirst();
        assertEquals("partial", row.status());
        assertTrue(String.valueOf(row.message()).contains("cannot be read: gone"), row.message());
    }
}
