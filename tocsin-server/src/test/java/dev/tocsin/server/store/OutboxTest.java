package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class OutboxTest {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Database database;

    private static final String ACCOUNT = "111122223333";
    private static final String REGION = "eu-central-1";
    private static final String OWN = "own";
    private static final String ADMINISTRATORS = "administrators";
    private static final long NOW = 1_772_000_000_000L;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private Outbox outbox;

    private int batches;

    @BeforeEach
    void prepare() throws IOException, SQLException {
        database.prepare(folder);
        open();
    }

    private void open() throws StoreException {
        store = Store.open(folder);
        outbox = new Outbox(store);
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private void finding(String id, long revision, double severity, boolean archived, long now) throws StoreException {
        Doc document = new Doc()
                .with("id", id)
                .with("service", new Doc().with("count", revision))
                .with("tocsin", new Doc().with("priority", "now"));
        FindingState state =
                new FindingState(id, "T:EC2/X", ACCOUNT, REGION, revision, 1_000, 2_000, severity, document);
        store.write(transaction -> transaction.finding(state, now, archived));
    }

    private void spread(long now) throws StoreException {
        outbox.spread(one -> one.place().account().equals(ACCOUNT) ? List.of(OWN, ADMINISTRATORS) : List.of(), now);
    }

    private Outbox.@Nullable Batch next(long boundary) throws StoreException {
        return outbox.next(OWN, boundary, () -> "batch" + ++batches);
    }

    private static List<String> ids(Outbox.@Nullable Batch batch) {
        return Objects.requireNonNull(batch).documents().stream()
                .map(document ->
                        document.text("id") + " " + document.part("service").number("count", 0))
                .toList();
    }

    @Test
    void aNewFindingLeavesOnceByEveryDestination() throws StoreException {
        finding("a", 1, 5, false, NOW);
        spread(NOW);
        Outbox.Batch batch = next(0);
        assertEquals(List.of("a 1"), ids(batch));
        assertNotNull(batch);
        assertNull(batch.documents().getFirst().get("tocsin"), "it goes as GuardDuty writes it");
        outbox.left(batch, NOW);
        assertNull(next(Long.MAX_VALUE));
        assertEquals(Set.of(ADMINISTRATORS), outbox.awaited());
        assertEquals(1, outbox.waiting());
    }

    @Test
    void whatIsArchivedNeverLeaves() throws StoreException {
        finding("suppressed", 1, 5, true, NOW);
        finding("archived later", 1, 5, false, NOW);
        spread(NOW);
        new FindingStore(store).archive(Set.of(ACCOUNT), REGION, List.of("archived later"), true);
        Outbox.Batch batch = next(0);
        assertEquals(List.of(), ids(batch));
        outbox.left(Objects.requireNonNull(batch), NOW);
        finding("suppressed", 2, 5, true, NOW + 1);
        spread(NOW + 1);
        assertNull(next(Long.MAX_VALUE));
    }

    @Test
    void whatChangedWaitsForTheClockAndLeavesOnce() throws StoreException {
        finding("a", 1, 5, false, NOW);
        spread(NOW);
        outbox.left(Objects.requireNonNull(next(0)), NOW);
        finding("a", 2, 5, false, NOW + 10);
        spread(NOW + 10);
        finding("a", 3, 5, false, NOW + 20);
        spread(NOW + 20);
        assertNull(next(NOW + 5), "before the boundary");
        assertEquals(List.of("a 3"), ids(next(NOW + 15)));
    }

    @Test
    void theMostSevereLeavesFirst() throws StoreException {
        for (int i = 0; i < Outbox.AT_ONCE; i++) {
            finding("low" + i, 1, 2, false, NOW);
        }
        finding("high", 1, 8, false, NOW);
        assertTrue(outbox.spread(place -> List.of(OWN), NOW) || outbox.waiting() > Outbox.AT_ONCE);
        assertTrue(ids(next(0)).contains("high 1"));
    }

    @Test
    void aBatchThatACrashInterruptedIsSentAgainUnderItsName() throws StoreException {
        finding("a", 1, 5, false, NOW);
        spread(NOW);
        assertEquals("batch1", Objects.requireNonNull(next(0)).name());
        store.close();
        open();
        finding("b", 1, 9, false, NOW);
        spread(NOW);
        Outbox.Batch again = next(0);
        assertEquals("batch1", Objects.requireNonNull(again).name());
        assertEquals(List.of("a 1"), ids(again));
        outbox.left(again, NOW);
        assertEquals(List.of("b 1"), ids(next(0)));
    }

    @Test
    void whatChangesWhileItIsSentIsSentAgainLater() throws StoreException {
        finding("a", 1, 5, false, NOW);
        spread(NOW);
        Outbox.Batch sending = Objects.requireNonNull(next(0));
        finding("a", 2, 5, false, NOW + 1);
        spread(NOW + 1);
        outbox.left(sending, NOW + 2);
        assertNull(next(NOW + 2));
        assertEquals(List.of("a 2"), ids(next(NOW + 3)));
    }

    @Test
    void withoutADestinationNothingPilesUp() throws StoreException {
        finding("a", 1, 5, false, NOW);
        outbox.spread(place -> List.of(), NOW);
        assertEquals(0, outbox.waiting());
        spread(NOW);
        assertNull(next(0));
    }

    @Test
    void whatAnalyzeKeepsStays() throws StoreException {
        FindingState state = new FindingState("a", "T:EC2/X", ACCOUNT, REGION, 1, 1_000, 2_000, 5, new Doc());
        store.write(transaction -> transaction.finding(state));
        spread(NOW);
        assertEquals(0, outbox.waiting());
    }
}
