package dev.tocsin.it;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.RetentionConfig;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.security.AccessKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.serve.Service;
import dev.tocsin.server.serve.ServiceOptions;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Knowing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** The service as {@code tocsin serve} runs it, in this process, and what a client needs to reach it. */
final class RunningService implements AutoCloseable {

    /** Whose logs samples/ holds. */
    private static final String ACCOUNT = "210987654321";

    private static final String MEMBER = "123456789012";

    private final Service service;
    private final Path credentials;
    private final Map<String, String> member;

    private RunningService(Service service, Path credentials, Map<String, String> member) {
        this.service = service;
        this.credentials = credentials;
        this.member = member;
    }

    /** Starts it over what {@code tocsin analyze --state} has kept of samples/. */
    static RunningService overSamples(Path folder) throws IOException, InterruptedException {
        try (Store store = Store.open(folder.resolve("data"))) {
            Analysis.Options options = Analysis.Options.threads(2)
                    .kept(store, System::nanoTime, (bytes, objects, records, findings) -> {});
            new Analysis(options)
                    .run(Sources.list(List.of("../samples"), Span.ALL).objects());
        }
        // What a test hands in is of today: beside it, the samples would be past what is kept.
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT)
                .keeping(new RetentionConfig("forever", null, null)));
    }

    /** Starts it over a new store in {@code folder}. */
    static RunningService in(Path folder) throws IOException {
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT));
    }

    /** Starts it over a new store in {@code folder}, sending findings to {@code destinations}, members of each. */
    static RunningService sending(Path folder, Doc... destinations) throws IOException {
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT)
                .sending(new ServiceOptions.Outward(List.of(destinations), "https://console.example.com")));
    }

    /** Starts it over a new store in {@code folder}, analysing what is brought to {@code logs}. */
    static RunningService watching(Path folder, Path logs) throws IOException {
        return watching(folder, ACCOUNT, SourceConfig.folder("drop", logs.toString()));
    }

    /** Starts it over a new store in {@code folder} for {@code account}, analysing what {@code sources} bring. */
    static RunningService watching(Path folder, String account, SourceConfig... sources) throws IOException {
        ServiceOptions.Watch nothing = ServiceOptions.Watch.NOTHING;
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(sources), Set.of(), Set.of(), false, nothing.knowing(), null, List.of(), 2);
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", account, watch));
    }

    /** Starts it over the store that an earlier one in {@code folder} left; it makes no key. */
    static RunningService again(Path folder, String account, SourceConfig... sources) throws IOException {
        ServiceOptions.Watch nothing = ServiceOptions.Watch.NOTHING;
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(sources), Set.of(), Set.of(), false, nothing.knowing(), null, List.of(), 2);
        try {
            Service service = Service.start(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", account, watch));
            return new RunningService(service, folder, Map.of());
        } catch (ConfigException e) {
            throw new IOException(e);
        }
    }

    /** Starts it over what is brought to {@code logs}, for {@code accounts} and {@code regions} alone if any are named. */
    static RunningService watching(Path folder, Path logs, Set<String> accounts, Set<String> regions)
            throws IOException {
        SourceConfig source = SourceConfig.folder("drop", logs.toString());
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(source), accounts, regions, false, ServiceOptions.Watch.NOTHING.knowing(), null, List.of(), 2);
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", TrailLogs.ACCOUNT, watch));
    }

    /** Starts it over what is brought to {@code logs}, with lists of {@code knowing} and {@code feeds}. */
    static RunningService knowing(Path folder, Path logs, Knowing knowing, FeedRefresh.Plan feeds) throws IOException {
        SourceConfig source = SourceConfig.folder("drop", logs.toString());
        ServiceOptions.Watch watch =
                new ServiceOptions.Watch(List.of(source), Set.of(), Set.of(), false, knowing, feeds, List.of(), 2);
        return started(new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", TrailLogs.ACCOUNT, watch));
    }

    /** The Java SDK's client of it, in {@code region}. */
    GuardDutyClient client(Region region) throws IOException {
        return GuardDutyClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        credential("aws_access_key_id"), credential("aws_secret_access_key"))))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The answer to an unsigned request. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint() + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the metrics hold {@code line}; the test's timeout ends it. */
    void awaitMetric(String line) throws IOException, InterruptedException {
        while (!get("/metrics").body().contains(line)) {
            Thread.onSpinWait();
        }
    }

    /** Waits until health says {@code text}; the test's timeout ends it. */
    void awaitHealth(String text) throws IOException, InterruptedException {
        while (!get("/tocsin/v1/health/ready").body().contains(text)) {
            Thread.onSpinWait();
        }
    }

    /** The ledger row of {@code source} in the service's store, or null. */
    static Doc ledgerRow(Path folder, String source) throws IOException {
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            String row = new ReadObjects(store).row(source);
            return row == null ? null : Doc.parse(row);
        }
    }

    private static RunningService started(ServiceOptions options) throws IOException {
        try {
            Service service = Service.start(options);
            return new RunningService(service, Objects.requireNonNull(service.freshKey()), Map.of());
        } catch (ConfigException e) {
            throw new IOException(e);
        }
    }

    /** Starts it over a new store in {@code folder} in which a second account has a key. */
    static RunningService ofTwoAccounts(Path folder) throws IOException {
        Path credentials;
        try (RunningService first = in(folder)) {
            credentials = first.credentials;
        }
        Path data = folder.resolve("data");
        AccessKeys.Fresh key;
        try (Store store = Store.open(data)) {
            SecureRandom random = new SecureRandom();
            key = new AccessKeys(store, Sealer.in(data, random), random, InstantSource.system())
                    .create(MEMBER, Role.ADMINISTRATOR);
        }
        Map<String, String> member =
                Map.of("TOCSIN_MEMBER", MEMBER, "TOCSIN_MEMBER_KEY", key.id(), "TOCSIN_MEMBER_SECRET", key.secret());
        try {
            Service service = Service.start(new ServiceOptions(data, "127.0.0.1:0", ACCOUNT));
            return new RunningService(service, credentials, member);
        } catch (ConfigException e) {
            throw new IOException(e);
        }
    }

    String endpoint() {
        return service.uri().toString();
    }

    /** A value of the administrator's key file. */
    String credential(String name) throws IOException {
        return Files.readAllLines(credentials).stream()
                .filter(line -> line.startsWith(name + " = "))
                .map(line -> line.substring(name.length() + 3))
                .findFirst()
                .orElseThrow();
    }

    /** What every official client reads its settings from. */
    Map<String, String> environment(String region) {
        Map<String, String> environment = new HashMap<>(member);
        environment.putAll(Map.of(
                "AWS_SHARED_CREDENTIALS_FILE",
                credentials.toAbsolutePath().toString(),
                "AWS_CONFIG_FILE",
                "/dev/null",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_REGION",
                region,
                "AWS_DEFAULT_REGION",
                region,
                "AWS_ENDPOINT_URL",
                endpoint(),
                "TOCSIN_ACCOUNT",
                ACCOUNT));
        return environment;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
