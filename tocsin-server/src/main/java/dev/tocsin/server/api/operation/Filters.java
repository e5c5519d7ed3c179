package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.FindingAttributes;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Saved filters; one with the action ARCHIVE is a suppression rule (F51, F52). */
public final class Filters {

    /** The kind of a filter in the store; its id is its name. */
    public static final String KIND = "filter";

    /** The action of a suppression rule. */
    public static final String ARCHIVE = "ARCHIVE";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{3,64}");
    private static final int MOST_FILTERS = 100;
    private static final int MOST_ATTRIBUTES = 50;
    private static final int MOST_VALUES = 50;

    /** What filters that archive may also name, made over the API (user guide: filtering findings). */
    private static final Set<String> FOR_ARCHIVING = read();

    private final Store store;
    private final Detectors detectors;
    private final FindingStore findings;
    private final InstantSource clock;

    /** Filters of {@code detectors}, kept in {@code store}, over {@code findings}. */
    public Filters(Store store, Detectors detectors, FindingStore findings, InstantSource clock) {
        this.store = store;
        this.detectors = detectors;
        this.findings = findings;
        this.clock = clock;
    }

    /** Adds the operations on filters. */
    public void register(Operations operations) {
        operations
                .on("CreateFilter", this::create)
                .on("GetFilter", this::get)
                .on("ListFilters", this::list)
                .on("UpdateFilter", this::update)
                .on("DeleteFilter", this::delete);
    }

    private Doc create(Call call) throws StoreException {
        Doc input = call.input();
        String name = call.text("name");
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid("name", "Expected 3 to 64 letters, digits, dots, underscores and dashes.");
        }
        String action = input.text("action") == null ? "NOOP" : call.text("action");
        check(input.part("findingCriteria"), action);
        Resource detector = detectors.required(call);
        var all = store.resources(detector.account(), detector.region(), KIND);
        if (all.stream().anyMatch(filter -> filter.id().equals(name))) {
            throw ApiException.badRequest(
                    "The request is rejected because a filter with the given name already exists.");
        }
        if (all.size() >= MOST_FILTERS) {
            throw ApiException.badRequest(
                    "The request is rejected because the account already has " + MOST_FILTERS + " filters.");
        }
        Doc document = new Doc()
                .with("name", name)
                .with("description", input.text("description"))
                .with("action", action)
                .with("rank", input.number("rank", 1))
                .with("findingCriteria", input.part("findingCriteria"))
                .with("tags", Tags.given(input))
                .with("createdAt", now())
                .with("updatedAt", now())
                .with("version", 1);
        keep(detector, new Resource(detector.account(), detector.region(), KIND, name, document));
        return new Doc().with("name", name);
    }

    private Doc get(Call call) throws StoreException {
        return new Doc().withAll(required(call).document());
    }

    private Doc list(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        return Pages.page(
                call,
                "filterNames",
                store.resources(detector.account(), detector.region(), KIND),
                Resource::id,
                Resource::id);
    }

    private Doc update(Call call) throws StoreException {
        Doc input = call.input();
        Resource filter = required(call);
        Doc document = new Doc().withAll(filter.document());
        for (String member : new String[] {"description", "action", "rank", "findingCriteria"}) {
            document.with(member, input.get(member));
        }
        check(document.part("findingCriteria"), String.valueOf(document.text("action")));
        document.with("updatedAt", now()).with("version", document.number("version", 1) + 1);
        keep(detectors.required(call), filter.with(document));
        return new Doc().with("name", filter.id());
    }

    private Doc delete(Call call) throws StoreException {
        Resource filter = required(call);
        store.write(transaction -> transaction.removeResource(filter.account(), filter.region(), KIND, filter.id()));
        return new Doc();
    }

    /** Keeps it; what is there already and matches a suppression rule is archived. */
    private void keep(Resource detector, Resource filter) throws StoreException {
        store.write(transaction -> transaction.resource(filter));
        if (archives(filter)) {
            findings.archiveMatching(
                    detectors.membership().shown(detector),
                    filter.region(),
                    FindingCondition.all(
                            filter.document().part("findingCriteria").part("criterion")));
        }
    }

    /** Whether {@code filter} is a suppression rule. */
    public static boolean archives(Resource filter) {
        return ARCHIVE.equals(filter.document().text("action"));
    }

    private Resource required(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Resource filter = store.resource(detector.account(), detector.region(), KIND, call.text("FilterName"));
        if (filter == null) {
            throw ApiException.badRequest(ApiException.NO_SUCH_RESOURCE);
        }
        return filter;
    }

    /**
     * Whether a filter with {@code action} may have {@code criteria}.
     *
     * @throws ApiException if not; the text names the attribute
     */
    public static void check(Doc criteria, String action) {
        Doc criterion = criteria.part("criterion");
        int attributes = criterion.members().size();
        if (attributes < 1 || attributes > MOST_ATTRIBUTES) {
            throw ApiException.invalid("findingCriteria", "Expected 1 to " + MOST_ATTRIBUTES + " attributes.");
        }
        for (FindingCondition condition : FindingCondition.all(criterion)) {
            String name = condition.attribute();
            boolean known =
                    FindingAttributes.isListed(name) || (action.equals(ARCHIVE) && FOR_ARCHIVING.contains(name));
            if (!known) {
                throw ApiException.invalid(
                        "findingCriteria",
                        FOR_ARCHIVING.contains(name)
                                ? "'" + name + "' is for filters with the action ARCHIVE."
                                : "There is no attribute '" + name + "'.");
            }
            if (condition.anyOf().size() > MOST_VALUES || condition.noneOf().size() > MOST_VALUES) {
                throw ApiException.invalid(
                        "findingCriteria", "Expected at most " + MOST_VALUES + " values of " + name + ".");
            }
        }
    }

    private double now() {
        return clock.millis() / 1000.0;
    }

    private static Set<String> read() {
        try (InputStream in = Filters.class.getResourceAsStream("filter-attributes.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of attributes is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of attributes cannot be read", e);
        }
    }
}
