package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists and counts, held against what a program that looks at every finding says. */
@ParameterizedClass
@EnumSource
final class FindingListsTest {

    private static final List<String> ACCOUNTS = List.of("1", "2", "3");
    private static final Set<String> ALL = Set.copyOf(ACCOUNTS);
    private static final String REGION = "r";
    private static final long DAY = 86_400_000;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private Database database;

    @TempDir
    private Path folder;

    private final Map<String, One> model = new TreeMap<>();

    private Store store;

    private FindingStore findings;

    private record One(
            String id, String account, String type, double severity, long updated, long number, boolean archived) {}

    @BeforeEach
    void fill() throws IOException, SQLException {
        database.prepare(folder);
        store = Store.open(folder);
        findings = new FindingStore(store);
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            put("f" + i, 1, random, i + 1);
        }
        for (int i = 0; i < 60; i++) {
            String id = "f" + random.nextInt(300);
            put(id, 2 + i, random, model.get(id).number());
        }
        for (int i = 0; i < 30; i++) {
            One one = model.get("f" + random.nextInt(300));
            boolean archived = random.nextBoolean();
            findings.archive(ALL, REGION, List.of(one.id()), archived);
            model.put(
                    one.id(),
                    new One(
                            one.id(),
                            one.account(),
                            one.type(),
                            one.severity(),
                            one.updated(),
                            one.number(),
                            archived));
        }
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    private void put(String id, long revision, Random random, long number) throws StoreException {
        One before = model.get(id);
        String account = before == null ? ACCOUNTS.get(random.nextInt(3)) : before.account();
        String type = before == null ? "T" + random.nextInt(4) : before.type();
        boolean archived = before == null ? random.nextBoolean() : before.archived();
        double severity = List.of(2.0, 5.0, 8.0, 9.5).get(random.nextInt(4));
        long updated = random.nextInt(5) * DAY + random.nextInt(20);
        model.put(id, new One(id, account, type, severity, updated, number, archived));
        store.write(transaction -> transaction.finding(
                new FindingState(id, type, account, REGION, revision, 1, 2, severity, new Doc().with("id", id)),
                updated,
                archived));
    }

    @Test
    void aCopyInAnotherRegionIsLeftOutWhereOriginalsAreAskedFor() throws IOException {
        FindingState original = new FindingState("o", "t", "77", REGION, 1, 1, 2, 5, new Doc().with("id", "o"));
        FindingState copy = new FindingState(
                "c",
                "t",
                "77",
                "elsewhere",
                1,
                1,
                2,
                5,
                new Doc().with("id", "c").with("tocsin", new Doc().with("replicaOf", "arn:o")));
        store.write(transaction -> {
            transaction.finding(original, 1, false);
            transaction.finding(copy, 1, false);
        });
        FindingStore findings = new FindingStore(store);
        Set<String> regions = Set.of(REGION, "elsewhere");
        for (String by : new String[] {null, "severity", "updatedAt", "type"}) {
            FindingQuery.Sort sort = new FindingQuery.Sort(by, true);
            assertEquals(
                    2,
                    findings.ids(new FindingQuery(Set.of("77"), regions, List.of(), false), sort, 5, null)
                            .ids()
                            .size());
            FindingQuery originals = new FindingQuery(Set.of("77"), regions, List.of(), true);
            assertEquals(List.of("o"), findings.ids(originals, sort, 5, null).ids());
            assertEquals(Map.of(5.0, 1L), findings.countBySeverity(originals));
        }
    }

    private static FindingQuery query(Set<String> accounts, String criterion) {
        try {
            return new FindingQuery(
                    accounts, REGION, FindingCondition.all(Doc.parse(("{" + criterion + "}").replace('\'', '"'))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<One> expected(Set<String> accounts, Predicate<One> which, Comparator<One> by) {
        return model.values().stream()
                .filter(one -> accounts.contains(one.account()))
                .filter(which)
                .sorted(by)
                .toList();
    }

    @Test
    void listsPageByPageInOrder() throws StoreException {
        Map<String, Predicate<One>> criteria = Map.of(
                "", one -> true,
                "'severity':{'greaterThanOrEqual':7}", one -> one.severity() >= 7,
                "'type':{'greaterThan':5}", one -> false,
                "'service.archived':{'lessThanOrEqual':5}", one -> false,
                "'type':{'equals':['T1','T2']}",
                        one -> one.type().equals("T1") || one.type().equals("T2"),
                "'type':{'notEquals':['T1']}", one -> !one.type().equals("T1"),
                "'service.archived':{'equals':['false']}", one -> !one.archived(),
                "'type':{'equals':['T3']},'severity':{'lessThan':9}",
                        one -> one.type().equals("T3") && one.severity() < 9,
                "'id':{'equals':['f1','f2','f3']}",
                        one -> Set.of("f1", "f2", "f3").contains(one.id()));
        for (Map.Entry<String, Predicate<One>> criterion : criteria.entrySet()) {
            for (Set<String> accounts : List.of(Set.of("2"), ALL)) {
                for (boolean descending : List.of(false, true)) {
                    lists(accounts, criterion.getKey(), criterion.getValue(), null, descending);
                    lists(accounts, criterion.getKey(), criterion.getValue(), "severity", descending);
                    lists(accounts, criterion.getKey(), criterion.getValue(), "updatedAt", descending);
                }
            }
        }
    }

    private void lists(Set<String> accounts, String criterion, Predicate<One> which, String sort, boolean descending)
            throws StoreException {
        Comparator<One> order = Comparator.comparingLong(One::number);
        if ("severity".equals(sort)) {
            order = Comparator.comparingDouble(One::severity).thenComparing(order);
        } else if ("updatedAt".equals(sort)) {
            order = Comparator.comparingLong(One::updated).thenComparing(order);
        }
        List<String> ids = new ArrayList<>();
        String next = null;
        do {
            FindingQuery.Page page =
                    findings.ids(query(accounts, criterion), new FindingQuery.Sort(sort, descending), 7, next);
            ids.addAll(page.ids());
            next = page.next();
        } while (next != null);
        assertEquals(
                expected(accounts, which, descending ? order.reversed() : order).stream()
                        .map(One::id)
                        .toList(),
                ids,
                criterion + " " + sort + " " + descending + " " + accounts);
    }

    @Test
    void countsWhatThereIs() throws StoreException {
        counts();
        store.write(transaction -> transaction.removeFindings("1", REGION));
        model.values().removeIf(one -> one.account().equals("1"));
        counts();
        store.write(transaction -> {
            transaction.removeFinding("f7");
            transaction.removeFinding("f8");
        });
        model.keySet().removeAll(Set.of("f7", "f8"));
        counts();
    }

    private void counts() throws StoreException {
        Map<Double, Long> bySeverity = new TreeMap<>();
        Map<String, Long> byType = new TreeMap<>();
        Map<String, Long> byDay = new TreeMap<>();
        expected(ALL, one -> !one.archived(), Comparator.comparing(One::id)).forEach(one -> {
            bySeverity.merge(one.severity(), 1L, Long::sum);
            byType.merge(one.type(), 1L, Long::sum);
            byDay.merge(one.updated() / DAY + " " + one.severity(), 1L, Long::sum);
        });
        FindingQuery query = query(ALL, "'service.archived':{'equals':['false']}");
        assertEquals(bySeverity, new TreeMap<>(findings.countBySeverity(query)));
        Map<String, Long> types = new TreeMap<>();
        findings.grouped(query, FindingStore.GroupBy.FINDING_TYPE, false, 50)
                .forEach(group -> types.put(String.valueOf(group.keys().get("type")), group.total()));
        assertEquals(byType, types);
        Map<String, Long> days = new TreeMap<>();
        findings.grouped(query, FindingStore.GroupBy.DATE, true, 50)
                .forEach(group ->
                        days.put(group.number("day") + " " + group.keys().get("severity"), group.total()));
        assertEquals(byDay, days);
        long all = findings.grouped(query(ALL, ""), FindingStore.GroupBy.RESOURCE, true, 50).stream()
                .mapToLong(FindingStore.Group::total)
                .sum();
        assertEquals(model.size(), all);
    }
}
