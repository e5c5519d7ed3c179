package dev.tocsin.server.serve;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.http.LargeBodies;
import dev.tocsin.server.api.http.WebEndpoint;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.Groups;
import dev.tocsin.server.api.operation.ProfileChanges;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.RetentionConfig;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.deliver.Outlets;
import dev.tocsin.server.deliver.OwnDestinations;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.publish.Announcer;
import dev.tocsin.server.publish.Publisher;
import dev.tocsin.server.receive.AgentEndpoint;
import dev.tocsin.server.receive.FirehoseEndpoint;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Gate;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.security.SelfSigned;
import dev.tocsin.server.security.Sessions;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.source.FirehoseSource.Sender;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StorePlace;
import dev.tocsin.server.store.StoreUrl;
import dev.tocsin.server.usage.Agents;
import dev.tocsin.server.usage.PriceList;
import dev.tocsin.server.usage.Usages;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A running service. */
public final class Service implements AutoCloseable {

    private static final String KEY_FILE = "administrator.credentials";

    private final Store store;
    private final ListActivator lists;
    private final @Nullable Detection detection;
    private final @Nullable FeedRefresh feeds;
    private final Publisher publisher;
    private final DeliveryWatch deliveries;
    private final Housekeeping housekeeping;
    private final LiveFindings live;
    private final WebEndpoint web;
    private final URI uri;
    private final @Nullable Path freshKey;
    private final @Nullable Path certificate;

    /**
     * How it runs.
     *
     * @param data the folder of everything it keeps
     * @param listen {@code HOST:PORT}; port 0 for any that is free
     * @param account of the administrator key that a first start makes
     * @param watch what it analyses
     * @param tls what it proves itself with
     * @param database where findings, state and what users make are kept; null for a file in the folder
     * @param retention how long things are kept
     * @param outward where findings go
     * @param prices by which usage is priced
     */
    public record Options(
            Path data,
            String listen,
            String account,
            Watch watch,
            TlsConfig tls,
            @Nullable StoreUrl database,
            RetentionConfig retention,
            Outward outward,
            PriceList prices) {

        /** A service that answers the API alone. */
        public Options(Path data, String listen, String account) {
            this(data, listen, account, Watch.NOTHING);
        }

        /** Over plain HTTP. */
        public Options(Path data, String listen, String account, Watch watch) {
            this(
                    data,
                    listen,
                    account,
                    watch,
                    TlsConfig.NONE,
                    null,
                    RetentionConfig.DEFAULT,
                    Outward.NOWHERE,
                    PriceList.shipped());
        }

        /** The same, proved by {@code other}. */
        public Options with(TlsConfig other) {
            return new Options(data, listen, account, watch, other, database, retention, outward, prices);
        }

        /** The same, kept in {@code other}. */
        public Options in(@Nullable StoreUrl other) {
            return new Options(data, listen, account, watch, tls, other, retention, outward, prices);
        }

        /** The same, keeping things as {@code other} says. */
        public Options keeping(RetentionConfig other) {
            return new Options(data, listen, account, watch, tls, database, other, outward, prices);
        }

        /** The same, sending findings to {@code other}. */
        public Options sending(Outward other) {
            return new Options(data, listen, account, watch, tls, database, retention, other, prices);
        }

        /** The same, with usage priced by {@code other}. */
        public Options priced(PriceList other) {
            return new Options(data, listen, account, watch, tls, database, retention, outward, other);
        }
    }

    /**
     * Where findings go beside what the API says.
     *
     * @param destinations members of each, checked
     * @param console where people reach the console; null for where the service listens
     */
    public record Outward(List<Doc> destinations, @Nullable String console) {

        /** Nowhere. */
        public static final Outward NOWHERE = new Outward(List.of(), null);
    }

    /**
     * What a service analyses.
     *
     * @param sources where logs are brought to
     * @param accounts analysed; empty for all
     * @param regions analysed; empty for all
     * @param enableAllSeen whether each account and Region met gets a detector
     * @param knowing loads lists and geography
     * @param feeds fetched again and again into what {@code knowing} loads, or null
     * @param inventory what is known of the accounts' resources beforehand
     * @param threads decoders and shards at work at once
     */
    public record Watch(
            List<SourceConfig> sources,
            Set<String> accounts,
            Set<String> regions,
            boolean enableAllSeen,
            Knowing knowing,
            FeedRefresh.@Nullable Plan feeds,
            List<InventoryFact> inventory,
            int threads) {

        /** Nothing. */
        public static final Watch NOTHING =
                new Watch(List.of(), Set.of(), Set.of(), false, lists -> EngineServices.NONE, null, List.of(), 1);
    }

    private Service(
            Store store,
            ListActivator lists,
            @Nullable Detection detection,
            @Nullable FeedRefresh feeds,
            Publisher publisher,
            DeliveryWatch deliveries,
            Housekeeping housekeeping,
            LiveFindings live,
            WebEndpoint web,
            URI uri,
            @Nullable Path freshKey,
            @Nullable Path certificate) {
        this.store = store;
        this.lists = lists;
        this.detection = detection;
        this.feeds = feeds;
        this.publisher = publisher;
        this.deliveries = deliveries;
        this.housekeeping = housekeeping;
        this.live = live;
        this.web = web;
        this.uri = uri;
        this.freshKey = freshKey;
        this.certificate = certificate;
    }

    /**
     * Starts it.
     *
     * @throws StoreException if the store cannot be used
     * @throws IOException if the folder cannot be written or the address not be listened on
     */
    public static Service start(Options options) throws IOException, ConfigException {
        int colon = options.listen().lastIndexOf(':');
        String host = options.listen().substring(0, colon);
        int port = Integer.parseInt(options.listen().substring(colon + 1));
        InetAddress address = InetAddress.getByName(host);
        WebEndpoint.requireFree(address, port); // before a store is opened and sources are read in vain
        PrivateFiles.folder(options.data());
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Store store = Store.openShared(place(options));
        try {
            SSLContext tls = Tls.of(options.tls(), address, host, options.data(), System.getenv(), random);
            Sealer sealer = Sealer.in(options.data(), random);
            AccessKeys keys = new AccessKeys(store, sealer, random, clock);
            Path freshKey = bootstrap(keys, options);
            Contract contract = Contract.get();
            ListFiles files = new ListFiles(options.data());
            ListActivator lists = new ListActivator(store, files);
            KeyAccounts accounts = new KeyAccounts(keys, store);
            Usages usages = new Usages(store, options.prices());
            Agents agents = new Agents(store);
            Operations operations = Groups.operations(
                    contract, new Groups.Parts(store, clock, random, accounts, lists::accept, Scenario::play, usages));
            lists.resume();
            Users users = new Users(store, random, clock);
            Sessions sessions = new Sessions(store, keys, users, random, clock);
            Gate gate = new Gate(new SignatureVerifier(keys, clock), keys, sessions);
            AuditLog audit = new AuditLog(store);
            AccountsSeen seen = new AccountsSeen(store, accounts);
            OwnDestinations destinations = new OwnDestinations(store, sealer, clock);
            destinations.configure(options.outward().destinations());
            String scheme = tls == null ? "http" : "https";
            AtomicReference<String> console = new AtomicReference<>(
                    Objects.requireNonNullElse(options.outward().console(), scheme + "://" + options.listen()));
            Lanes lanes = new Lanes(store, destinations, seen, new Outlets(options.data(), console), clock);
            Announcer announcer = new Announcer(store, lanes::told, clock);
            WatchedWrites writes = new WatchedWrites(audit, announcer, clock);
            Api api = new Api(contract, gate, operations, writes);
            Alarms alarms = new Alarms(alarm -> {
                String account = alarm.account() == null ? accounts.management() : alarm.account();
                announcer.alarm(account, alarm.source(), alarm.kind().wire(), alarm.text());
            });
            FeedRefresh feeds = feeds(options.watch(), alarms, clock);
            Detection detection = detection(options, store, files, feeds, alarms, agents, clock);
            BooleanSupplier leads = detection == null ? store::tryLease : detection::leads;
            Publisher publisher = new Publisher(store, lanes, leads, clock);
            Retention retention = retention(store, options.retention());
            Housekeeping housekeeping = new Housekeeping(retention, leads, clock);
            IngestApi ingest =
                    new IngestApi(store, seen, enabling(options.watch(), new Detectors(store, clock)), clock);
            DeliveryWatch deliveries = new DeliveryWatch(store, lanes, alarms, clock);
            Metrics metrics =
                    new Metrics(store, detection, publisher, deliveries, alarms, feeds, writes, ingest, clock);
            OwnApi own = new OwnApi(gate);
            ingest.addTo(own);
            new AuditApi(audit, seen).addTo(own);
            new SuppressionPreview(store, seen, clock).addTo(own);
            new DestinationsApi(store, destinations, lanes, seen, writes, clock).addTo(own);
            new DeliveriesApi(store, lanes, seen, clock).addTo(own);
            metrics.addTo(own, address.isLoopbackAddress());
            new SessionApi(sessions, gate, writes, tls != null).addTo(own);
            new UsageApi(usages, seen, clock).addTo(own);
            new LedgerApi(store, seen, alarms).addTo(own);
            new FindingsApi(store, seen).addTo(own);
            new FindingSearch(store, seen).addTo(own);
            new FeedsApi(store, seen, feeds == null ? List::of : feeds::kept, clock).addTo(own);
            ProfileChanges profiles = new ProfileChanges(store, clock);
            new FindingMarks(store, seen, writes, profiles).addTo(own);
            new TypesApi().addTo(own);
            new EntityApi(store, seen).addTo(own);
            new CasesApi(store, seen, writes, clock).addTo(own);
            new ViewsApi(store, writes, clock).addTo(own);
            new AccessApi(keys, users, accounts, writes).addTo(own);
            new SettingsApi(store, seen, retention).addTo(own);
            new SuppressionHits(store, seen, clock).addTo(own);
            new RuleHits(store, () -> detection == null ? Stream.of() : detection.tried()).addTo(own);
            new ListsApi(store, seen, writes, options.data()).addTo(own);
            new ProfilesApi(store, seen, writes, profiles).addTo(own);
            Knowledge nothing = new Knowledge(EngineServices.NONE, Map.of());
            Supplier<Knowledge> known = () -> detection == null ? nothing : detection.knowledge();
            new CoverageApi(store, seen, known).addTo(own);
            List<LiveSource> sources =
                    detection == null ? List.of() : detection.sources().sources();
            new ReplayApi(store, seen, sources, known, options.watch().inventory(), clock).addTo(own);
            ReceiverKeys receiverKeys = new ReceiverKeys(store, sealer, random, clock);
            ConsoleFiles pages = new ConsoleFiles();
            LiveFindings live = new LiveFindings(store, clock).start();
            WebEndpoint web = WebEndpoint.start(
                    address,
                    port,
                    tls,
                    receivers(
                            options.watch(), store, detection, receiverKeys, new AgentsReported(agents, alarms, clock)),
                    new EventsApi(gate, seen, live),
                    request -> own.isFor(request)
                            ? own.answer(request)
                            : pages.isFor(request) ? pages.answer(request) : api.answer(request));
            URI uri = URI.create(scheme + "://" + host + ":" + web.port());
            if (options.outward().console() == null) {
                console.set(uri.toString());
            }
            Path certificate = options.tls().isSelfSigned() ? SelfSigned.certificate(options.data()) : null;
            return new Service(
                    store,
                    lists,
                    detection,
                    feeds,
                    publisher,
                    deliveries,
                    housekeeping,
                    live,
                    web,
                    uri,
                    freshKey,
                    certificate);
        } catch (IOException | ConfigException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Retention retention(Store store, RetentionConfig config) throws ConfigException {
        return new Retention(
                store,
                RetentionConfig.days("findings", config.findings(), Retention.FINDING_DAYS),
                RetentionConfig.days("ledger", config.ledger(), Retention.LEDGER_DAYS),
                RetentionConfig.days("usage", config.usage(), Retention.USAGE_DAYS));
    }

    private static StorePlace place(Options options) throws StoreException {
        StoreUrl database = options.database();
        return database == null ? StorePlace.in(options.data()) : StorePlace.of(options.data(), database);
    }

    private static @Nullable Detection detection(
            Options options,
            Store store,
            ListFiles files,
            @Nullable FeedRefresh feeds,
            Alarms alarms,
            Agents agents,
            InstantSource clock)
            throws IOException, ConfigException {
        Watch watch = options.watch();
        if (watch.sources().isEmpty()) {
            return null;
        }
        SourcesSetup sources = SourcesSetup.of(watch.sources(), store, clock);
        return new Detection(new Detection.Setup(
                store,
                sources,
                new Scope(watch.accounts(), watch.regions(), sources.from(), sources.bindings()),
                files,
                new SetAside(store, options.data()),
                alarms,
                feeds == null ? watch.knowing() : feeds.over(watch.knowing()),
                watch.inventory(),
                watch.threads(),
                enabling(watch, new Detectors(store, clock)),
                agents,
                clock));
    }

    /** Where Firehose and agents deliver to. */
    private static LargeBodies receivers(
            Watch watch, Store store, @Nullable Detection detection, ReceiverKeys made, AgentsReported reported)
            throws ConfigException {
        Map<String, String> configured = ReceiverSetup.keys(watch.sources(), System.getenv());
        FirehoseEndpoint.Keys keys = (source, presented) -> {
            String key = configured.get(source);
            return (key != null && ReceiverKeys.same(key, presented)) || made.isRight(source, presented);
        };
        InstantSource clock = reported.clock();
        if (detection == null) {
            return new FirehoseEndpoint(List.of(), keys, new Received(store, new GuardedSources(), Map.of()), clock);
        }
        SourcesSetup sources = detection.sources();
        Received watcher = new Received(store, sources.guarded(), detection.counts());
        LargeBodies firehose = new FirehoseEndpoint(sources.receivers(Sender.FIREHOSE), keys, watcher, clock);
        LargeBodies agents = new AgentEndpoint(sources.receivers(Sender.AGENT), made::host, watcher, reported, clock);
        return new LargeBodies() {
            @Override
            public boolean isFor(String rawPath) {
                return firehose.isFor(rawPath) || agents.isFor(rawPath);
            }

            @Override
            public ApiAnswer answer(ApiRequest head, InputStream body) {
                return (agents.isFor(head.rawPath()) ? agents : firehose).answer(head, body);
            }
        };
    }

    private static Guide.Enabling enabling(Watch watch, Detectors detectors) {
        if (!watch.enableAllSeen()) {
            return Guide.Enabling.NONE;
        }
        return (account, region) -> {
            detectors.ensured(account, region);
            return true;
        };
    }

    private static @Nullable FeedRefresh feeds(Watch watch, Alarms alarms, InstantSource clock) {
        if (watch.feeds() == null) {
            return null;
        }
        FeedRefresh feeds = new FeedRefresh(watch.feeds(), alarms, clock);
        feeds.start();
        return feeds;
    }

    /** The first start makes an administrator's key; it is written to a file that only its owner may read. */
    private static @Nullable Path bootstrap(AccessKeys keys, Options options) throws IOException {
        if (!keys.list().isEmpty()) {
            return null;
        }
        Path file = options.data().resolve(KEY_FILE);
        Files.deleteIfExists(file);
        PrivateFiles.write(
                file, keys.create(options.account(), Role.ADMINISTRATOR).toCredentials());
        return file;
    }

    /** Where it listens. */
    public URI uri() {
        return uri;
    }

    /** The key file that this start made, or null. */
    public @Nullable Path freshKey() {
        return freshKey;
    }

    /** The certificate that clients must be given, or null. */
    public @Nullable Path certificate() {
        return certificate;
    }

    /** Stops: requests under way are answered, what was acknowledged is kept. */
    @Override
    public void close() throws StoreException {
        if (detection != null) {
            detection.close(); // requests of Firehose that it works on are answered before nobody listens any more
        }
        live.close(); // or the server would wait for those who listen
        web.close();
        if (feeds != null) {
            feeds.close();
        }
        housekeeping.close();
        deliveries.close();
        publisher.close();
        lists.close();
        store.close();
    }
}
