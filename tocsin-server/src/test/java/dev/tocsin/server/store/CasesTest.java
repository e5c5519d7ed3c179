package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do about findings, in each kind of database. */
@ParameterizedClass
@EnumSource
final class CasesTest {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Database database;

    @TempDir
    private Path folder;

    private Store store;
    private Cases cases;

    @BeforeEach
    void open() throws IOException, SQLException {
        database.prepare(folder);
        store = Store.open(folder);
        cases = new Cases(store);
        for (String id : List.of("a", "b", "c")) {
            put(id, 1);
        }
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private void put(String id, long revision) throws StoreException {
        Doc document = new Doc().with("id", id);
        FindingState state = new FindingState(id, "T", "1", "r", revision, 1, 2, 5, document);
        store.write(transaction -> transaction.finding(state, 100 + revision, false));
    }

    private void change(
            long now, Cases.@Nullable Status status, @Nullable String owner, @Nullable String note, String... ids)
            throws StoreException {
        Cases.Reason reason = status == Cases.Status.CLOSED ? Cases.Reason.EXPECTED : null;
        cases.change(List.of(ids), new Cases.Change(status, owner, reason, note, "user/ann"), now);
    }

    private Cases.Case of(String id) throws StoreException {
        return cases.of(List.of(id)).get(id);
    }

    @Test
    void aFindingIsNewUntilSomebodyLooksAfterIt() throws StoreException {
        assertEquals(new Cases.Case(Cases.Status.NEW, "", null, 0), of("a"));
        change(7, Cases.Status.IN_PROGRESS, "ann", null, "a", "b", "nothing");
        assertEquals(new Cases.Case(Cases.Status.IN_PROGRESS, "ann", null, 7), of("b"));
        change(8, Cases.Status.CLOSED, null, null, "a");
        assertEquals(new Cases.Case(Cases.Status.CLOSED, "ann", Cases.Reason.EXPECTED, 8), of("a"));
        change(9, Cases.Status.NEW, "", null, "a");
        assertEquals(new Cases.Case(Cases.Status.NEW, "", null, 9), of("a"), "a reason goes with its status");
        assertEquals(Set.of("c"), cases.of(List.of("c", "nothing")).keySet());
    }

    @Test
    void notesAreOnlyAddedInTheirOrder() throws StoreException {
        change(7, null, null, "first", "a");
        change(7, null, null, "second; -- 'quoted' <b>", "a", "b", "nothing");
        assertEquals(
                List.of(
                        new Cases.Note(7, "user/ann", "first"),
                        new Cases.Note(7, "user/ann", "second; -- 'quoted' <b>")),
                cases.notes("a"));
        assertEquals(1, cases.notes("b").size());
        assertEquals(List.of(), cases.notes("nothing"));
    }

    @Test
    void aNewStateOfTheFindingTouchesNothingOfIt() throws StoreException {
        change(7, Cases.Status.IN_PROGRESS, "ann", "mine", "a");
        put("a", 2);
        assertEquals(new Cases.Case(Cases.Status.IN_PROGRESS, "ann", null, 7), of("a"));
        assertEquals(1, cases.notes("a").size());
    }

    @Test
    void findingsAreFoundByIt() throws StoreException {
        change(7, Cases.Status.IN_PROGRESS, "ann", null, "b");
        Map<String, List<String>> expected = Map.of("IN_PROGRESS", List.of("b"), "NEW", List.of("a", "c"));
        for (var one : expected.entrySet()) {
            assertEquals(one.getValue(), found(Cases.STATUS, one.getKey()), one.getKey());
        }
        assertEquals(List.of("b"), found(Cases.OWNER, "ann"));
        assertEquals(List.of(), found(Cases.OWNER, "bob"));
    }

    private List<String> found(String attribute, String value) throws StoreException {
        Doc criterion = new Doc().with(attribute, new Doc().with("equals", List.of(value)));
        FindingQuery query = new FindingQuery(Set.of("1"), Set.of("r"), FindingCondition.all(criterion), true);
        return new FindingStore(store)
                .ids(query, new FindingQuery.Sort(null, false), 10, null)
                .ids();
    }

    @Test
    void whatIsForgottenTakesItsNotesAlong() throws StoreException {
        change(7, null, null, "gone", "a", "b");
        store.write(transaction -> transaction.removeFinding("a"));
        put("a", 1);
        assertEquals(List.of(), cases.notes("a"));
        store.write(transaction -> transaction.removeFindings("1", "r"));
        assertEquals(List.of(), cases.notes("b"));
    }

    @Test
    void changesAreToldInTheirOrder() throws StoreException {
        put("a", 3);
        put("b", 2);
        FindingChanges changes = new FindingChanges(store);
        assertEquals(
                List.of("c", "b", "a"),
                changes.since(0, 10).stream().map(FindingChanges.Change::id).toList());
        assertEquals(
                List.of(new FindingChanges.Change("b", 102, "1"), new FindingChanges.Change("a", 103, "1")),
                changes.since(102, 10));
        assertEquals(1, changes.since(0, 1).size());
    }

    @Test
    void aStoreOfTheVersionBeforeIsRaised() throws IOException, SQLException {
        store.close();
        try (Connection connection = database.connect(folder);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE attribute");
            statement.execute("CREATE TABLE attribute (name TEXT, text TEXT, finding TEXT, number FLOAT)");
            statement.execute("DROP TABLE case_note");
            statement.execute("DROP INDEX finding_kept");
            statement.execute("ALTER TABLE finding DROP COLUMN kept");
            for (String column : List.of("status", "owner", "reason", "changed")) {
                statement.execute("ALTER TABLE finding DROP COLUMN case_" + column);
            }
            statement.execute(database.versionTo(12));
        }
        store = Store.open(folder);
        cases = new Cases(store);
        assertEquals(new Cases.Case(Cases.Status.NEW, "", null, 0), of("a"));
        change(7, null, null, "raised", "a");
        assertEquals(1, cases.notes("a").size());
    }
}
