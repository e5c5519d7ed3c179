package dev.tocsin.server.api.own;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.ListKind;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code /tocsin/v1/lists}: the lists of all accounts and Regions with their ages, a look at a text before it becomes one, and a
 * place for a text that lies nowhere. GuardDuty's own operations make, switch and delete them.
 */
final class ListsApi {

    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final int MOST_REJECTIONS = 20;
    private static final int MOST_UPLOADS = 1_000;

    private final Store store;
    private final AccountsSeen seen;
    private final WatchedWrites writes;
    private final Path folder;

    /** Lists of {@code store}; what is handed in is kept in {@code data}. */
    ListsApi(Store store, AccountsSeen seen, WatchedWrites writes, Path data) {
        this.store = store;
        this.seen = seen;
        this.writes = writes;
        this.folder = data.resolve("uploaded-lists");
    }

    void addTo(OwnApi api) {
        api.on("GET lists", OwnApi.READERS, (caller, request) -> list(caller))
                .on("POST lists/check", OwnApi.READERS, (caller, request) -> check(OwnAnswers.body(request)))
                .on("POST lists/upload", ADMINISTRATORS, this::upload);
    }

    private ApiAnswer list(Call.Caller caller) throws StoreException {
        var sees = seen.by(caller.account());
        List<Doc> shown = new ArrayList<>();
        for (ListKind kind : ListKind.ALL) {
            for (Resource list : store.resources(kind.kind())) {
                String status = String.valueOf(list.document().text("status"));
                if (sees.test(list.account()) && !status.startsWith("DELETE")) {
                    shown.add(new Doc()
                            .with("kind", kind.operation())
                            .with("id", list.id())
                            .with("accountId", list.account())
                            .with("region", list.region())
                            .withAll(list.document())
                            .without("tags"));
                }
            }
        }
        return OwnAnswers.json(200, new Doc().with("lists", shown));
    }

    private static String text(Doc body) {
        String text = body.text("text");
        if (text == null || text.isBlank()) {
            throw ApiException.invalid("text", "Expected the text of a list.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw ApiException.invalid("text", "Expected whole characters, found half of a surrogate pair.");
        }
        return text;
    }

    private static ApiAnswer check(Doc body) {
        ListRequest request =
                ListRequest.of("checked", IndicatorList.Kind.OPERATOR_THREAT).as(body.text("format"));
        try {
            ListReport report = ListReader.read(
                    request,
                    new ByteArrayInputStream(text(body).getBytes(StandardCharsets.UTF_8)),
                    new Intelligence.Builder());
            Doc ignored = new Doc();
            report.ignored().forEach(ignored::with);
            return OwnAnswers.json(
                    200,
                    new Doc()
                            .with("status", report.status().name().toLowerCase(Locale.ROOT))
                            .with("format", report.format())
                            .with("accepted", report.accepted())
                            .with("duplicates", report.duplicates())
                            .with("ignored", ignored)
                            .with("rejected", report.rejected())
                            .with(
                                    "rejections",
                                    report.rejections().stream()
                                            .limit(MOST_REJECTIONS)
                                            .map(ListReport.Rejection::toString)
                                            .toList())
                            .with("warnings", report.warnings())
                            .with("message", report.message()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same text lies in one place however often it comes. */
    private ApiAnswer upload(Call.Caller caller, ApiRequest request) throws StoreException {
        String text = text(OwnAnswers.body(request));
        Path file = folder.resolve(Hash.id("list", text));
        Doc asked = new Doc().with("name", file.getFileName().toString()).with("characters", text.length());
        return OwnAnswers.json(201, writes.run(new Call("UploadList", caller, asked), request.peer(), call -> {
            try {
                PrivateFiles.folder(folder);
                if (!Files.exists(file)) {
                    makeRoom();
                    PrivateFiles.write(file, text);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the list cannot be kept", e);
            }
            return new Doc().with("location", file.toUri().toString());
        }));
    }

    private void makeRoom() throws IOException {
        try (var files = Files.list(folder)) {
            if (files.count() >= MOST_UPLOADS) {
                throw ApiException.badRequest("There are " + MOST_UPLOADS
                        + " lists in the folder uploaded-lists of the data already: delete those that are not in use.");
            }
        }
    }
}
