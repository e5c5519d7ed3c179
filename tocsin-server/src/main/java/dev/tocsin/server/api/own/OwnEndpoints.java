package dev.tocsin.server.api.own;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.EventStreams;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Organization;
import dev.tocsin.server.api.operation.ProfileChanges;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.deliver.OwnDestinations;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.publish.Publisher;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Gate;
import dev.tocsin.server.security.Sessions;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.usage.Usages;
import dev.tocsin.server.watch.Alarms;
import dev.tocsin.server.watch.Detection;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Guide;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All endpoints beside GuardDuty's operations, the console's files among them. */
public final class OwnEndpoints implements AutoCloseable {

    private final OwnApi api;
    private final ConsoleFiles pages = new ConsoleFiles();
    private final LiveFindings live;
    private final EventsApi events;

    /**
     * What they answer from.
     *
     * @param data the folder of everything the service keeps
     * @param seen whose things an account sees
     * @param writes told of each write
     * @param audit what they wrote
     * @param access who may ask
     * @param sending where findings go
     * @param watching what is analysed
     */
    public record Parts(
            Store store,
            Path data,
            AccountsSeen seen,
            WatchedWrites writes,
            AuditLog audit,
            Usages usages,
            Retention retention,
            Access access,
            Sending sending,
            Watching watching,
            InstantSource clock) {}

    /**
     * Who may ask.
     *
     * @param secure whether the service is asked over TLS
     * @param local whether nobody off this machine can ask
     */
    public record Access(
            Gate gate,
            Sessions sessions,
            AccessKeys keys,
            Users users,
            Organization.Accounts accounts,
            boolean secure,
            boolean local) {}

    /** Where findings go. */
    public record Sending(OwnDestinations destinations, Lanes lanes, Publisher publisher) {}

    /**
     * What is analysed.
     *
     * @param detection null for a service without sources
     * @param feeds null if none is fetched
     * @param enabling makes the detectors of accounts and Regions met
     * @param inventory what is known of the accounts' resources beforehand
     */
    public record Watching(
            @Nullable Detection detection,
            @Nullable FeedRefresh feeds,
            Guide.Enabling enabling,
            List<InventoryFact> inventory,
            Alarms alarms) {

        private Knowledge knowledge() {
            return detection == null ? new Knowledge(EngineServices.NONE, Map.of()) : detection.knowledge();
        }

        private List<LiveSource> sources() {
            return detection == null ? List.of() : detection.sources().sources();
        }
    }

    /** Answers from {@code parts}; findings are followed for those who listen until it is closed. */
    public OwnEndpoints(Parts parts) {
        Store store = parts.store();
        AccountsSeen seen = parts.seen();
        WatchedWrites writes = parts.writes();
        InstantSource clock = parts.clock();
        this.api = new OwnApi(parts.access().gate());
        this.live = new LiveFindings(store, clock).start();
        this.events = new EventsApi(parts.access().gate(), seen, live);
        findings(store, seen, writes, clock);
        access(parts.access(), parts.audit(), seen, writes);
        sending(store, parts.sending(), seen, writes, clock);
        watching(store, parts, parts.watching());
        new UsageApi(parts.usages(), seen, clock).addTo(api);
        new SettingsApi(store, seen, parts.retention()).addTo(api);
        new TypesApi().addTo(api);
    }

    private void findings(Store store, AccountsSeen seen, WatchedWrites writes, InstantSource clock) {
        ProfileChanges profiles = new ProfileChanges(store, clock);
        new FindingsApi(store, seen).addTo(api);
        new FindingSearch(store, seen).addTo(api);
        new FindingMarks(store, seen, writes, profiles).addTo(api);
        new SuppressionPreview(store, seen, clock).addTo(api);
        new SuppressionHits(store, seen, clock).addTo(api);
        new EntityApi(store, seen).addTo(api);
        new ProfilesApi(store, seen, writes, profiles).addTo(api);
        new CasesApi(store, seen, writes, clock).addTo(api);
        new ViewsApi(store, writes, clock).addTo(api);
    }

    private void access(Access access, AuditLog audit, AccountsSeen seen, WatchedWrites writes) {
        new SessionApi(access.sessions(), access.gate(), writes, access.secure()).addTo(api);
        new AccessApi(access.keys(), access.users(), access.accounts(), writes).addTo(api);
        new AuditApi(audit, seen).addTo(api);
    }

    private void sending(Store store, Sending sending, AccountsSeen seen, WatchedWrites writes, InstantSource clock) {
        new DestinationsApi(store, sending.destinations(), sending.lanes(), seen, writes, clock).addTo(api);
        new DeliveriesApi(store, sending.lanes(), seen, clock).addTo(api);
    }

    private void watching(Store store, Parts parts, Watching watching) {
        AccountsSeen seen = parts.seen();
        InstantSource clock = parts.clock();
        Detection detection = watching.detection();
        FeedRefresh feeds = watching.feeds();
        Supplier<Knowledge> known = watching::knowledge;
        IngestApi ingest = new IngestApi(store, seen, watching.enabling(), clock);
        ingest.addTo(api);
        new Metrics(store, watching, parts.sending(), parts.writes(), ingest, clock)
                .addTo(api, parts.access().local());
        new LedgerApi(store, seen, watching.alarms()).addTo(api);
        new FeedsApi(store, seen, feeds == null ? List::of : feeds::kept, clock).addTo(api);
        new RuleHits(store, () -> detection == null ? Stream.of() : detection.tried()).addTo(api);
        new ListsApi(store, seen, parts.writes(), parts.data()).addTo(api);
        new CoverageApi(store, seen, known).addTo(api);
        new ReplayApi(store, seen, watching.sources(), known, watching.inventory(), clock).addTo(api);
    }

    /** Whether {@code request} is for one of them. */
    public boolean isFor(ApiRequest request) {
        return api.isFor(request) || pages.isFor(request);
    }

    /** The answer to {@code request}, which is for one of them. */
    public ApiAnswer answer(ApiRequest request) {
        return api.isFor(request) ? api.answer(request) : pages.answer(request);
    }

    /** Findings as they come. */
    public EventStreams events() {
        return events;
    }

    /** Ends what follows findings; who listens is told. */
    @Override
    public void close() {
        live.close();
    }
}
