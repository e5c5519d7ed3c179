package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.Cases;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/findings/ID/case} and {@code …/findings/case}: who looks after a finding, how far it is, and notes. */
final class CasesApi {

    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final int LONGEST_OWNER = 128;
    private static final int LONGEST_NOTE = 4_096;

    private final Cases cases;
    private final FindingStore findings;
    private final AccountsSeen seen;
    private final WatchedWrites writes;
    private final InstantSource clock;

    CasesApi(Store store, AccountsSeen seen, WatchedWrites writes, InstantSource clock) {
        this.cases = new Cases(store);
        this.findings = new FindingStore(store);
        this.seen = seen;
        this.writes = writes;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("GET findings/*/case", OwnApi.READERS, (caller, request) -> shown(required(caller, id(request))))
                .on("POST findings/*/case", ADMINISTRATORS, this::changeOne)
                .on("POST findings/case", ADMINISTRATORS, this::changeMany);
    }

    private static String id(ApiRequest request) {
        String[] parts = request.rawPath().split("/", -1);
        return parts[parts.length - 2];
    }

    /** The ids of those of {@code ids} that {@code caller} sees. */
    private List<String> visible(Call.Caller caller, List<String> ids) throws StoreException {
        var sees = seen.by(caller.account());
        return findings.documents(ids).stream()
                .filter(finding -> sees.test(finding.text("accountId")))
                .map(finding -> String.valueOf(finding.text("id")))
                .toList();
    }

    private Doc required(Call.Caller caller, String id) throws StoreException {
        List<Doc> found = findings.documents(visible(caller, List.of(id)));
        if (found.isEmpty()) {
            throw ApiException.notFound("There is no finding with the id " + id + ".");
        }
        return found.getFirst();
    }

    private ApiAnswer shown(Doc finding) throws StoreException {
        String id = String.valueOf(finding.text("id"));
        Cases.Case one = Objects.requireNonNull(cases.of(List.of(id)).get(id));
        Cases.Reason reason = one.reason();
        List<Doc> notes = cases.notes(id).stream()
                .map(note -> new Doc()
                        .with("time", Times.isoMillis(note.time()))
                        .with("author", note.author())
                        .with("text", note.text()))
                .toList();
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("findingId", id)
                        .with("status", one.status().name())
                        .with("owner", one.owner())
                        .with("reason", reason == null ? null : reason.name())
                        .with("openedAt", finding.text("createdAt"))
                        .with("changedAt", one.changed() == 0 ? null : Times.isoMillis(one.changed()))
                        .with("notes", notes));
    }

    private ApiAnswer changeOne(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc finding = required(caller, id(request));
        change(caller, request, List.of(String.valueOf(finding.text("id"))));
        return shown(finding);
    }

    private ApiAnswer changeMany(Call.Caller caller, ApiRequest request) throws StoreException {
        List<String> ids = visible(caller, FindingMarks.ids(OwnAnswers.body(request)));
        return OwnAnswers.json(200, change(caller, request, ids));
    }

    private Doc change(Call.Caller caller, ApiRequest request, List<String> ids) throws StoreException {
        Doc body = OwnAnswers.body(request);
        Cases.Change change = change(caller, body);
        Doc asked = new Doc()
                .with("findingIds", ids)
                .with("status", body.text("status"))
                .with("reason", body.text("reason"))
                .with("owner", body.text("owner"))
                .with("noted", change.note() != null);
        return writes.run(new Call("ChangeCase", caller, asked), request.peer(), call -> {
            cases.change(ids, change, clock.millis());
            return new Doc().with("found", ids.size());
        });
    }

    private static Cases.Change change(Call.Caller caller, Doc body) {
        Cases.Status status = word(Cases.Status.class, body, "status");
        Cases.Reason reason = word(Cases.Reason.class, body, "reason");
        if ((status == Cases.Status.CLOSED) != (reason != null)) {
            throw ApiException.invalid(
                    "reason",
                    "Expected one of " + List.of(Cases.Reason.values()) + " with the status CLOSED, and only then.");
        }
        String owner = text(body, "owner", LONGEST_OWNER);
        String note = text(body, "note", LONGEST_NOTE);
        if (note != null && note.isBlank()) {
            throw ApiException.invalid("note", "Expected some words.");
        }
        if (status == null && owner == null && note == null) {
            throw ApiException.badRequest("Expected status, owner or note.");
        }
        return new Cases.Change(status, owner == null ? null : owner.strip(), reason, note, caller.principal());
    }

    private static @Nullable String text(Doc body, String member, int longest) {
        Object value = body.get(member);
        if (value != null && (!(value instanceof String text) || text.length() > longest)) {
            throw ApiException.invalid(member, "Expected a text of at most " + longest + " characters.");
        }
        return value == null ? null : String.valueOf(value);
    }

    private static <T extends Enum<T>> @Nullable T word(Class<T> words, Doc body, String member) {
        String text = body.text(member);
        if (text == null) {
            return null;
        }
        try {
            return Enum.valueOf(words, text);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(member, "Expected one of " + List.of(words.getEnumConstants()) + ".");
        }
    }
}
