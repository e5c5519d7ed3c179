package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.source.SourceObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store keeps, and what it refuses. */
@ParameterizedClass
@EnumSource
final class StoreTest {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Database database;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() throws IOException, SQLException {
        database.prepare(folder);
    }

    private static FindingState finding(String id, long revision) {
        return new FindingState(id, "T", "1", "r", revision, 1, 2, 5.0, new Doc().with("revision", revision));
    }

    private List<Long> revisions(boolean all) throws StoreException {
        try (Store store = Store.open(folder)) {
            return store.findings(all).stream().map(FindingState::revision).toList();
        }
    }

    @Test
    void takesAFindingOnlyInAHigherRevision() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
            store.write(transaction -> transaction.finding(finding("a", 1)));
        }
        assertEquals(List.of(2L), revisions(true));
    }

    @Test
    void aWriteWithinAWriteIsOneTransaction() throws IOException {
        List<String> done = new ArrayList<>();
        try (Store store = Store.open(folder)) {
            Resource one = new Resource("a", "r", "kind", "one", new Doc());
            assertThrows(
                    IllegalStateException.class,
                    () -> store.write(outer -> {
                        store.write(inner -> inner.resource(one));
                        store.afterwards(() -> done.add("failed"));
                        assertNotNull(store.resource("a", "r", "kind", "one"), "it sees what it wrote");
                        throw new IllegalStateException("refused");
                    }));
            assertNull(store.resource("a", "r", "kind", "one"));
            store.write(outer -> {
                store.write(inner -> inner.resource(one));
                store.afterwards(() -> done.add("written"));
                assertEquals(List.of(), done);
            });
            assertNotNull(store.resource("a", "r", "kind", "one"));
            assertEquals(List.of("written"), done);
        }
    }

    @Test
    void forgetsAFindingThatBecamePartOfARollUp() throws IOException {
        Doc folded = new Doc().with("tocsin", new Doc().with("foldedInto", "b"));
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
            store.write(transaction -> transaction.finding(new FindingState("a", "T", "1", "r", 2, 1, 2, 5.0, folded)));
            assertEquals(1, store.findings(true).size(), "an old word changes nothing");
            store.write(transaction -> transaction.finding(new FindingState("a", "T", "1", "r", 3, 1, 2, 5.0, folded)));
            assertEquals(List.of(), store.findings(true));
            store.write(transaction -> transaction.finding(finding("a", 1)));
            assertEquals(1, store.findings(true).size(), "afresh");
        }
    }

    @Test
    void tellsAnObjectByItsETagWhereThereIsOne() throws IOException {
        SourceObject object = new SourceObject("s3://b/k", 10, 5, "\"x\"", InputStream::nullInputStream);
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.object(ObjectIdentity.of(object), new Doc(), true));
            SourceObject copied = new SourceObject("s3://b/k", 10, 9, "\"x\"", InputStream::nullInputStream);
            assertTrue(
                    new ReadObjects(store).wasRead(ObjectIdentity.of(copied)),
                    "the same content, copied over itself later");
            SourceObject other = new SourceObject("s3://b/k", 10, 5, "\"y\"", InputStream::nullInputStream);
            assertFalse(new ReadObjects(store).wasRead(ObjectIdentity.of(other)), "other content in the same second");
        }
    }

    @Test
    void showsAFindingUntilItWasPrintedAndAgainOnceItChanged() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 1)));
        }
        assertEquals(List.of(1L), revisions(false));
        try (Store store = Store.open(folder)) {
            store.markPrinted();
        }
        assertEquals(List.of(), revisions(false));
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
        }
        assertEquals(List.of(2L), revisions(false));
    }

    @Test
    void knowsAnObjectUntilItChanges() throws IOException {
        SourceObject object = new SourceObject("logs/a.json", 10, 5, InputStream::nullInputStream);
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.object(ObjectIdentity.of(object), new Doc(), true));
            assertTrue(new ReadObjects(store).wasRead(ObjectIdentity.of(object)));
            SourceObject elsewhere = new SourceObject("./logs/../logs/a.json", 10, 5, InputStream::nullInputStream);
            assertTrue(new ReadObjects(store).wasRead(ObjectIdentity.of(elsewhere)), "however PATH is written");
            SourceObject longer = new SourceObject("logs/a.json", 11, 5, InputStream::nullInputStream);
            assertFalse(new ReadObjects(store).wasRead(ObjectIdentity.of(longer)));
            SourceObject later = new SourceObject("logs/a.json", 10, 6, InputStream::nullInputStream);
            assertFalse(new ReadObjects(store).wasRead(ObjectIdentity.of(later)));
        }
    }

    @Test
    void aTransactionThatFailsLeavesNothing() throws IOException {
        try (Store store = Store.open(folder)) {
            assertThrows(
                    StoreException.class,
                    () -> store.write(transaction -> {
                        transaction.finding(finding("a", 1));
                        throw new IOException("the disk is full");
                    }));
            assertEquals(List.of(), store.findings(true));
            store.write(transaction -> transaction.finding(finding("b", 3)));
        }
        assertEquals(List.of(3L), revisions(true));
    }

    @Test
    void refusesANewerStore() throws Exception {
        Store.open(folder).close();
        try (Connection connection = database.connect(folder);
                Statement statement = connection.createStatement()) {
            statement.execute(database.versionTo(99));
        }
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().contains("version 99"), refused.getMessage());
    }

    @Test
    void refusesAStoreInUse() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.position("watermark", 1));
            StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
        }
    }

    @Test
    void anotherProcessMayOpenItBesideAndTakesOverOnceTheFirstEnds() throws IOException {
        Store first = Store.open(folder);
        try (Store second = Store.openBeside(folder)) {
            first.checkpoint(new StateBlock(), transaction -> transaction.position("watermark", 7));
            assertEquals(7, second.positions().get("watermark"));
            assertThrows(StoreException.class, second::takeLease);
            first.close();
            second.takeLease();
            second.checkpoint(new StateBlock(), transaction -> transaction.position("watermark", 8));
        }
        try (Store third = Store.open(folder)) {
            assertEquals(8, third.positions().get("watermark"));
        }
    }

    @Test
    void aTransactionReadsWhatItHasWritten() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> {
                transaction.position("a", 1);
                transaction.timer("f", "k", 5, true);
                assertEquals(1, store.positions().get("a"));
                assertEquals(
                        List.of(new Store.StoredTimer("k", 5)), store.state().timers("f"));
            });
        }
    }

    @Test
    void namesMayBeAnything() throws IOException {
        String name = "x\0y\uD800" + "ü".repeat(70_000);
        Packed state = Packed.of(new Doc().with("a", name));
        try (Store store = Store.open(folder)) {
            store.write(transaction -> {
                transaction.put("f", name, "kind", name, state);
                transaction.timer("f", name, 5, true);
                transaction.object(new ObjectIdentity(name, 1, "v"), new Doc().with("source", name), true);
                transaction.finding(new FindingState(
                        "id",
                        "T",
                        "1",
                        "r",
                        1,
                        1,
                        2,
                        5.0,
                        new Doc().with("accountId", name).with("title", name)));
            });
        }
        try (Store store = Store.open(folder)) {
            assertTrue(store.state().knows("f", name));
            assertNotNull(store.state().entry("f", name, "kind", name));
            assertEquals(1, store.state().names("f", name, "kind").size());
            assertEquals(
                    name.length(),
                    store.state().names("f", name, "kind").iterator().next().length());
            assertTrue(new ReadObjects(store).wasRead(new ObjectIdentity(name, 1, "v")));
            assertEquals(1, store.findings(true).size());
        }
    }

    @Test
    void aChangedFindingIsFoundByWhatItIsNow() throws IOException {
        FindingStore findings;
        try (Store store = Store.open(folder)) {
            findings = new FindingStore(store);
            for (int revision = 1; revision <= 2; revision++) {
                Doc action = new Doc().with("action", new Doc().with("actionType", "A" + revision));
                Doc document = new Doc().with("accountId", "1").with("service", action);
                FindingState state = new FindingState("a", "T", "1", "r", revision, 1, 2, 5.0, document);
                store.write(transaction -> transaction.finding(state));
            }
            assertEquals(0, found(findings, "service.action.actionType", "A1"));
            assertEquals(1, found(findings, "service.action.actionType", "A2"));
            assertEquals(1, found(findings, "accountId", "1"));
        }
    }

    private static int found(FindingStore findings, String attribute, String value) throws StoreException {
        return findings.ids(
                        new FindingQuery(
                                Set.of("1"),
                                "r",
                                FindingCondition.all(
                                        new Doc().with(attribute, new Doc().with("equals", List.of(value))))),
                        new FindingQuery.Sort(null, false),
                        5,
                        null)
                .ids()
                .size();
    }

    @Test
    void opensAnOlderStore() throws Exception {
        try (Connection connection = database.connect(folder);
                Statement statement = connection.createStatement()) {
            Schema.raise(place(), statement, 5);
            statement.execute(
                    "INSERT INTO finding (id, revision, type, account, region, first, last, severity, document)"
                            + " VALUES ('a', 1, 'T', '1', 'r', 1, 2, 8, "
                            + (database == Database.SQLITE
                                    ? "x'78da03000000000001'"
                                    : "decode('78da03000000000001', 'hex')")
                            + ")");
        }
        try (Store store = Store.open(folder)) {
            assertEquals(1, store.countFindings());
            store.write(transaction -> transaction.finding(finding("b", 1)));
        }
    }

    /** Two findings of one number, as writers side by side could give it, keep their own attributes. */
    @Test
    void attributesOfAnOlderStoreStayWithTheirFindings() throws Exception {
        try (Connection connection = database.connect(folder);
                Statement statement = connection.createStatement()) {
            Schema.raise(place(), statement, 14);
            for (String id : List.of("a", "b", "c")) {
                statement.execute(
                        "INSERT INTO finding (id, revision, type, account, region, first, last, severity, document,"
                                + " number) VALUES ('" + id + "', 1, 'T', '1', 'r', 1, 2, 8, "
                                + (database == Database.SQLITE ? "x'00'" : "decode('00', 'hex')")
                                + ", " + (id.equals("c") ? 2 : 1) + ")");
                statement.execute("INSERT INTO attribute (name, text, finding, number) VALUES"
                        + " ('resource.instanceDetails.instanceId', 'i-" + id + "', '" + id + "', NULL)");
            }
        }
        try (Store store = Store.open(folder)) {
            for (String id : List.of("a", "b", "c")) {
                assertEquals(1, found(new FindingStore(store), "resource.instanceDetails.instanceId", "i-" + id), id);
            }
            store.write(transaction -> transaction.finding(finding("d", 1)));
            assertEquals(4L, (long) store.query(
                    "SELECT COUNT(DISTINCT number) FROM finding", rows -> rows.next() ? rows.getLong(1) : 0L));
        }
    }

    private Dialect place() throws StoreException {
        return StorePlace.in(folder).dialect();
    }

    @Test
    void oldFindingsGoAndOldLedgerRowsAreFolded() throws IOException {
        long day = 86_400_000;
        ObjectIdentity first = new ObjectIdentity("s3://b/AWSLogs/111122223333/CloudTrail/us-east-1/a.json.gz", 1, "v");
        ObjectIdentity second =
                new ObjectIdentity("s3://b/AWSLogs/111122223333/CloudTrail/us-east-1/b.json.gz", 1, "v");
        ObjectIdentity troubled =
                new ObjectIdentity("s3://b/AWSLogs/111122223333/CloudTrail/us-east-1/c.json.gz", 1, "v");
        try (Store store = Store.open(folder)) {
            Retention retention = new Retention(store, 90, 30, 400);
            store.write(transaction -> {
                transaction.finding(finding("old", 1), 5 * day, false);
                transaction.finding(finding("new", 1), 95 * day, false);
                transaction.object(first, row(first, 0, 3), true);
                transaction.object(second, row(second, 0, 4), true);
                transaction.object(troubled, row(troubled, 1, 5), true);
            });
            round(retention, 100 * day);
            assertEquals(List.of("new"), ids(store));
            assertEquals(3, rows(store).size(), "of today");
            round(retention, 131 * day);
            List<Doc> rows = rows(store);
            assertEquals(2, rows.size(), rows.toString());
            assertEquals(7, rows.getFirst().number("accepted", 0));
            assertEquals("s3://b/", rows.getFirst().text("source"));
            assertTrue(new ReadObjects(store).wasRead(first)
                    && new ReadObjects(store).wasRead(second)
                    && new ReadObjects(store).wasRead(troubled));
            new Retention(store, null, null, null).some(9_000 * day);
            assertEquals(1, store.countFindings(), "for ever");
        }
    }

    @Test
    void whatAnAnalysisOfOldLogsFoundStaysAsLongAsWhatIsNew() throws IOException {
        long day = 86_400_000;
        try (Store store = Store.open(folder)) {
            Retention retention = new Retention(store, 90, null, null);
            store.write(transaction -> {
                transaction.finding(finding("of 1970", 1));
                transaction.finding(finding("of the service", 1), 1_000 * day, false);
            });
            round(retention, 1_001 * day);
            assertEquals(2, store.countFindings(), "written a moment ago, whenever it happened");
            round(retention, 1_060 * day);
            store.write(transaction -> {
                transaction.finding(finding("of 1970, too", 1));
                transaction.finding(finding("of the service", 2), 1_060 * day, false);
            });
            round(retention, 1_065 * day);
            assertEquals(3, store.countFindings());
            store.write(transaction -> transaction.finding(finding("newest", 1), 1_092 * day, false));
            round(retention, 1_092 * day);
            assertEquals(List.of("newest", "of 1970, too", "of the service"), ids(store));
            store.write(transaction -> transaction.finding(finding("of 1970, too", 2)));
            store.write(transaction -> transaction.finding(finding("newest", 2), 1_200 * day, false));
            round(retention, 1_200 * day);
            assertEquals(List.of("newest", "of 1970, too"), ids(store), "written anew, so it stays");
        }
    }

    private static void round(Retention retention, long now) throws StoreException {
        while (retention.some(now)) {
            // the next part
        }
    }

    private static List<String> ids(Store store) throws StoreException {
        return store.findings(true).stream().map(FindingState::id).sorted().toList();
    }

    private static Doc row(ObjectIdentity object, long rejected, long accepted) {
        return new Doc()
                .with("source", object.name())
                .with("kind", "cloudtrail")
                .with("status", "accepted")
                .with("accepted", accepted)
                .with("rejected", rejected);
    }

    private static List<Doc> rows(Store store) throws StoreException {
        List<Doc> rows = new ArrayList<>();
        new ReadObjects(store).rows(rows::add);
        return rows;
    }

    @Test
    void forgetsAnAccountWholly() throws IOException {
        String account = "111122223333";
        Packed state = Packed.of(new Doc().with("a", 1));
        try (Store store = Store.open(folder)) {
            StateBlock block = new StateBlock();
            block.put("account", account, "kind", "name", state);
            block.put("account", "444455556666", "kind", "name", state);
            block.timer("account", account, 5, true);
            store.checkpoint(block, transaction -> {
                transaction.resource(new Resource(account, "r", "detector", "d", new Doc()));
                transaction.resource(
                        new Resource("444455556666", "r", "member", "m", new Doc().with("accountId", account)));
                transaction.resource(new Resource("444455556666", "r", "detector", "d", new Doc()));
            });
            assertEquals(2, store.forget(Forget.account(account)).settings());
            assertFalse(store.state().knows("account", account));
            assertTrue(store.state().knows("account", "444455556666"));
            assertEquals(List.of(), store.state().timers("account"));
            assertEquals(1, store.resources("detector").size());
            assertEquals(0, store.resources("member").size());
        }
    }

    @Test
    void stateIsTheNewestHoweverMuchOfItIsRows() throws IOException {
        try (Store store = Store.open(folder)) {
            for (int round = 1; round <= 3; round++) {
                StateBlock block = new StateBlock();
                for (int i = 0; i < 2_500; i++) {
                    block.put("f", "key" + i, "kind", "name", Packed.of(new Doc().with("round", round)));
                    block.timer("f", "key" + i, round, true);
                    block.timer("f", "key" + i, round - 1, false);
                }
                block.remove("f", "key" + round, "kind", "name");
                store.checkpoint(block, transaction -> {});
                assertNull(store.state().entry("f", "key" + round, "kind", "name"));
                assertEquals(2_500, store.state().timers("f").size());
                assertEquals(round, Packed.doc(entry(store, "key9").bytes()).number("round", 0));
                assertEquals(Set.of("name"), store.state().names("f", "key9", "kind"));
            }
        }
        try (Store store = Store.open(folder)) { // some of it was left as blocks
            assertEquals(3, Packed.doc(entry(store, "key9").bytes()).number("round", 0));
            store.state().foldAll();
            assertEquals(3, Packed.doc(entry(store, "key2499").bytes()).number("round", 0));
            assertFalse(store.state().knows("f", "key3"));
            assertEquals(2_500, store.state().timers("f").size());
        }
    }

    private static Packed entry(Store store, String key) throws StoreException {
        return Objects.requireNonNull(store.state().entry("f", key, "kind", "name"));
    }
}
