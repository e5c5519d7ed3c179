package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Operation;
import dev.tocsin.server.api.contract.ShapeCheck;
import dev.tocsin.server.api.operation.Groups;
import dev.tocsin.server.api.operation.Organization;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.store.Database;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.PriceList;
import dev.tocsin.server.usage.Usages;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations over a new store of each kind, called by bound requests; each answer is held against the contract. */
@ParameterizedClass
@EnumSource
abstract class ApiFixture {

    @Parameter
    @SuppressWarnings("NullAway.Init")
    Database database;

    static final String ADMINISTRATOR = "111111111111";
    static final String MEMBER = "222222222222";
    static final String STRANGER = "333333333333";
    static final String REGION = "eu-central-1";

    static final Contract CONTRACT = Contract.get();

    @TempDir
    Path folder;

    Instant now = Instant.parse("2026-03-01T12:00:00Z");

    /** Lists that are to be settled, which a service does in the background. */
    final List<Resource> lists = new ArrayList<>();

    final Set<String> called = new TreeSet<>();

    @SuppressWarnings("NullAway.Init") // open() sets it
    Store store;

    @SuppressWarnings("NullAway.Init")
    Operations operations;

    @BeforeEach
    void open() throws IOException, SQLException {
        database.prepare(folder);
        store = Store.open(folder);
        operations = Groups.operations(
                CONTRACT,
                new Groups.Parts(
                        store,
                        () -> now,
                        new Random(1),
                        new Accounts(),
                        lists::add,
                        Scenario::play,
                        new Usages(store, PriceList.shipped())));
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    static final class Accounts implements Organization.Accounts {
        @Override
        public String management() {
            return ADMINISTRATOR;
        }

        @Override
        public Set<String> all() {
            return new TreeSet<>(Set.of(ADMINISTRATOR, MEMBER, STRANGER));
        }
    }

    /** What {@code operation} answers to {@code account}; members may be written with single quotes. */
    Doc call(String account, String operation, String input) {
        return call(account, operation, input, Set.of());
    }

    /** The same; {@code exempt} members of the answer may lack what the contract wants. */
    Doc call(String account, String operation, String input, Set<String> exempt) {
        Doc answer = handle(account, operation, input);
        List<ShapeCheck.Problem> problems = ShapeCheck.problems(
                        CONTRACT,
                        answer,
                        Objects.requireNonNull(CONTRACT.operations().get(operation))
                                .output(),
                        true)
                .stream()
                .filter(problem -> !exempt.contains(problem.member()) && !isForRequests(problem))
                .toList();
        assertEquals(List.of(), problems, () -> operation + " answered " + answer.toJson());
        return answer;
    }

    /** Limits that answers cannot hold to: GuardDuty's own have empty tags, and an instance's id has a dash. */
    private static boolean isForRequests(ShapeCheck.Problem problem) {
        return problem.kind() == ShapeCheck.Kind.OUT_OF_LIMITS
                && (problem.member().equals("tags") || problem.member().endsWith(".instanceArn"));
    }

    private Doc handle(String account, String operation, String input) {
        called.add(operation);
        Operation known = Objects.requireNonNull(CONTRACT.operations().get(operation), operation);
        Handler handler = operations.handler(operation);
        assertNotNull(handler, operation);
        try {
            Doc bound = Doc.parse(input.replace('\'', '"'));
            assertEquals(
                    List.of(), ShapeCheck.problems(CONTRACT, bound, known.input(), true), () -> "asked " + operation);
            return handler.handle(
                    new Call(operation, new Call.Caller(account, REGION, "AKIA", Role.ADMINISTRATOR), bound));
        } catch (IOException e) {
            throw new AssertionError(operation, e);
        }
    }

    /** {@code operation} must refuse {@code account} with {@code errorClass} and a text that holds {@code text}. */
    void refused(String account, String operation, String input, String errorClass, String text) {
        ApiException refusal = assertThrows(ApiException.class, () -> handle(account, operation, input), operation);
        assertEquals(errorClass, refusal.errorClass(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    void refused(String account, String operation, String input, String text) {
        refused(account, operation, input, "BadRequestException", text);
    }

    /** Makes a detector; gives how an input that names it begins. */
    String detector(String account) {
        String id = text(call(account, "CreateDetector", "{'enable':true}"), "detectorId");
        return "{'DetectorId':'" + id + "'";
    }

    static String text(Doc doc, String name) {
        return Objects.requireNonNull(doc.text(name), name);
    }

    static List<Doc> docs(Doc doc, String name) {
        List<Doc> docs = new ArrayList<>();
        if (doc.get(name) instanceof List<?> list) {
            list.forEach(one -> docs.add((Doc) one));
        }
        return docs;
    }

    static @Nullable Object value(Doc doc, String... path) {
        Doc at = doc;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.part(path[i]);
        }
        return at.get(path[path.length - 1]);
    }
}
