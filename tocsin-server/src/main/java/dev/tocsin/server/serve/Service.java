package dev.tocsin.server.serve;

import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.http.WebEndpoint;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.Groups;
import dev.tocsin.server.api.own.OwnEndpoints;
import dev.tocsin.server.api.own.WatchedWrites;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.RetentionConfig;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.deliver.Outlets;
import dev.tocsin.server.deliver.OwnDestinations;
import dev.tocsin.server.publish.Announcer;
import dev.tocsin.server.publish.Publisher;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Gate;
import dev.tocsin.server.security.PrivateFiles;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.security.SelfSigned;
import dev.tocsin.server.security.Sessions;
import dev.tocsin.server.security.Users;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StorePlace;
import dev.tocsin.server.store.StoreUrl;
import dev.tocsin.server.usage.Agents;
import dev.tocsin.server.usage.Usages;
import dev.tocsin.server.watch.AgentsReported;
import dev.tocsin.server.watch.Alarms;
import dev.tocsin.server.watch.Detection;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Guide;
import dev.tocsin.server.watch.ListActivator;
import dev.tocsin.server.watch.ListFiles;
import dev.tocsin.server.watch.ReceivingEndpoints;
import dev.tocsin.server.watch.Scope;
import dev.tocsin.server.watch.SetAside;
import dev.tocsin.server.watch.SourcesSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
    private final OwnEndpoints own;
    private final WebEndpoint web;
    private final URI uri;
    private final @Nullable Path freshKey;
    private final @Nullable Path certificate;

    private Service(
            Store store,
            ListActivator lists,
            @Nullable Detection detection,
            @Nullable FeedRefresh feeds,
            Publisher publisher,
            DeliveryWatch deliveries,
            Housekeeping housekeeping,
            OwnEndpoints own,
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
        this.own = own;
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
    public static Service start(ServiceOptions options) throws IOException, ConfigException {
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
            DeliveryWatch deliveries = new DeliveryWatch(store, lanes, alarms, clock);
            OwnEndpoints own = new OwnEndpoints(new OwnEndpoints.Parts(
                    store,
                    options.data(),
                    seen,
                    writes,
                    audit,
                    usages,
                    retention,
                    new OwnEndpoints.Access(
                            gate, sessions, keys, users, accounts, tls != null, address.isLoopbackAddress()),
                    new OwnEndpoints.Sending(destinations, lanes, publisher),
                    new OwnEndpoints.Watching(
                            detection,
                            feeds,
                            enabling(options.watch(), new Detectors(store, clock)),
                            options.watch().inventory(),
                            alarms),
                    clock));
            ReceiverKeys receiverKeys = new ReceiverKeys(store, sealer, random, clock);
            WebEndpoint web = WebEndpoint.start(
                    address,
                    port,
                    tls,
                    new ReceivingEndpoints(
                            options.watch().sources(),
                            store,
                            detection,
                            receiverKeys,
                            new AgentsReported(agents, alarms, clock)),
                    own.events(),
                    request -> own.isFor(request) ? own.answer(request) : api.answer(request));
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
                    own,
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

    private static StorePlace place(ServiceOptions options) throws StoreException {
        StoreUrl database = options.database();
        return database == null ? StorePlace.in(options.data()) : StorePlace.of(options.data(), database);
    }

    private static @Nullable Detection detection(
            ServiceOptions options,
            Store store,
            ListFiles files,
            @Nullable FeedRefresh feeds,
            Alarms alarms,
            Agents agents,
            InstantSource clock)
            throws IOException, ConfigException {
        ServiceOptions.Watch watch = options.watch();
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

    private static Guide.Enabling enabling(ServiceOptions.Watch watch, Detectors detectors) {
        if (!watch.enableAllSeen()) {
            return Guide.Enabling.NONE;
        }
        return (account, region) -> {
            detectors.ensured(account, region);
            return true;
        };
    }

    private static @Nullable FeedRefresh feeds(ServiceOptions.Watch watch, Alarms alarms, InstantSource clock) {
        if (watch.feeds() == null) {
            return null;
        }
        FeedRefresh feeds = new FeedRefresh(watch.feeds(), alarms, clock);
        feeds.start();
        return feeds;
    }

    /** The first start makes an administrator's key; it is written to a file that only its owner may read. */
    private static @Nullable Path bootstrap(AccessKeys keys, ServiceOptions options) throws IOException {
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
        own.close(); // or the server would wait for those who listen
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
