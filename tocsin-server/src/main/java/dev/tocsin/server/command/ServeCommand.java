package dev.tocsin.server.command;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.Scanners;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Network;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.input.geo.Geography;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.DetectorsConfig;
import dev.tocsin.server.config.ExampleConfig;
import dev.tocsin.server.config.RetentionConfig;
import dev.tocsin.server.config.ServeConfig;
import dev.tocsin.server.config.StoreConfig;
import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.config.UsageConfig;
import dev.tocsin.server.deliver.ConfiguredDestinations;
import dev.tocsin.server.feed.Feed;
import dev.tocsin.server.log.LogFormat;
import dev.tocsin.server.serve.Service;
import dev.tocsin.server.serve.ServiceOptions;
import dev.tocsin.server.serve.Supervisor;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreUrl;
import dev.tocsin.server.usage.PriceList;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Knowing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin serve}: the service. */
@Command(
        name = "serve",
        description = "Runs the service: GuardDuty's API over what the sources deliver.",
        footer = {
            "",
            "Examples:",
            "  tocsin serve --data /var/lib/tocsin",
            "  tocsin serve --data trial --listen 127.0.0.1:0      on any free port, which is printed",
            "  tocsin serve --config tocsin.yaml                   sources and more; --example-config prints them all",
            "",
            "Then, with the key file that the first start names:",
            "  export AWS_SHARED_CREDENTIALS_FILE=trial/administrator.credentials AWS_REGION=us-east-1",
            "  aws guardduty create-detector --enable --endpoint-url http://127.0.0.1:8420"
        })
final class ServeCommand implements Callable<Integer> {

    private static final Pattern LISTEN = Pattern.compile(".+:\\d{1,5}");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final ListOptions lists = new ListOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML: sources, and every option; 'tocsin serve --example-config' prints all.")
    private @Nullable Path config;

    @Option(names = "--example-config", description = "Print a configuration with every key explained, and end.")
    private boolean exampleConfig;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Port 0 takes a free one and prints it; default: ${DEFAULT-VALUE}.")
    private String listen = "127.0.0.1:8420";

    @Option(
            names = "--tls-self-signed",
            description = "TLS with a certificate of its own making, kept in the data folder.")
    private boolean selfSigned;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text, or json: an object a line, on standard error; default: ${DEFAULT-VALUE}.")
    private LogFormat logFormat = LogFormat.TEXT;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Account of the administrator key that the first start makes; default: ${DEFAULT-VALUE}.")
    private String account = "000000000000";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (exampleConfig) {
            spec.commandLine().getOut().print(ExampleConfig.of(ServeConfig.class));
            spec.commandLine().getOut().flush();
            return 0;
        }
        check();
        logFormat.use();
        Path given = lists.data();
        Path data = given == null ? Path.of("tocsin-data") : given;
        ServeConfig file = read();
        ServiceOptions options = new ServiceOptions(data, listen, account, watch(file))
                .with(tls(file))
                .in(storeUrl(file))
                .keeping(retention(file))
                .sending(outward(file))
                .priced(prices(file));
        Supervisor supervisor = new Supervisor(System.getenv());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                ended.await(); // the process goes on until this hook returns
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Service service = Service.start(options)) {
            announce(service);
            supervisor.ready(service.uri().toString());
            asked.await();
            supervisor.stopping();
            return 0;
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 2;
        } finally {
            ended.countDown();
        }
    }

    private void check() {
        engine.check(spec);
        if (!LISTEN.matcher(listen).matches()) {
            throw Inputs.wrong(spec, "--listen: expected HOST:PORT such as 127.0.0.1:8420, found '" + listen + "'");
        }
        if (!account.matches("\\d{12}")) {
            throw Inputs.wrong(spec, "--account: expected twelve digits, found '" + account + "'");
        }
    }

    private @Nullable StoreUrl storeUrl(@Nullable ServeConfig file) {
        StoreConfig store = file == null ? null : file.store();
        String url = store == null ? null : store.url();
        if (url == null) {
            return null;
        }
        try {
            return StoreUrl.of(url, System.getenv());
        } catch (IllegalArgumentException e) {
            throw Inputs.wrong(spec, "store.url: " + e.getMessage());
        }
    }

    private static RetentionConfig retention(@Nullable ServeConfig file) {
        RetentionConfig retention = file == null ? null : file.retention();
        return retention == null ? RetentionConfig.DEFAULT : retention;
    }

    private PriceList prices(@Nullable ServeConfig file) {
        UsageConfig usage = file == null ? null : file.usage();
        String named = usage == null ? null : usage.prices();
        try {
            return named == null ? PriceList.shipped() : PriceList.of(Path.of(named));
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        }
    }

    private ServiceOptions.Outward outward(@Nullable ServeConfig file) {
        if (file == null) {
            return ServiceOptions.Outward.NOWHERE;
        }
        String console = file.consoleUrl();
        try {
            return new ServiceOptions.Outward(
                    ConfiguredDestinations.of(listed(file.destinations()), System.getenv()),
                    console == null ? null : console.replaceAll("/+$", ""));
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        }
    }

    private TlsConfig tls(@Nullable ServeConfig file) {
        if (selfSigned) {
            return new TlsConfig(null, null, null, true);
        }
        TlsConfig tls = file == null ? null : file.tls();
        return tls == null ? TlsConfig.NONE : tls;
    }

    private ServiceOptions.Watch watch(@Nullable ServeConfig file) {
        List<Network> networks = engine.networks(spec);
        Scanners scanners = engine.scanners(spec);
        RulesInForce rules = engine.rules(spec);
        List<InventoryFact> facts = engine.inventory(spec, null);
        Geography geography = lists.geography(spec);
        DetectorsConfig detectors = file == null ? null : file.detectors();
        Set<String> affiliated = engine.affiliated(facts);
        if (file != null) {
            affiliated.addAll(listed(file.accounts()));
        }
        Knowing knowing = more -> {
            Intelligence intelligence = lists.load(spec, InventoryFiles.own(networks, facts), more);
            return new EngineServices(geography, () -> intelligence, networks, engine.learnDays())
                    .authorizing(scanners)
                    .ruling(rules)
                    .affiliating(affiliated)
                    .within(engine.anomalyBudget());
        };
        return new ServiceOptions.Watch(
                file == null ? List.of() : listed(file.sources()),
                file == null ? Set.of() : Set.copyOf(listed(file.accounts())),
                file == null ? Set.of() : Set.copyOf(listed(file.regions())),
                detectors != null && Boolean.TRUE.equals(detectors.enableAllSeen()),
                knowing,
                feeds(file),
                facts,
                engine.threads());
    }

    /** The feeds to be fetched again and again, or null if there are none. */
    private FeedRefresh.@Nullable Plan feeds(@Nullable ServeConfig file) {
        try {
            List<Feed> feeds = file == null ? List.of() : ConfiguredFeeds.of(file);
            return feeds.isEmpty() ? null : new FeedRefresh.Plan(lists.folder(), feeds, Duration.ofHours(1));
        } catch (IllegalArgumentException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ServeConfig read() {
        try {
            return config == null ? null : ConfigFile.read(config, ServeConfig.class);
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, String.valueOf(e.getMessage()));
        }
    }

    private static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private void announce(Service service) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + service.uri());
        out.println("console " + service.uri() + "/");
        Path key = service.freshKey();
        if (key != null) {
            out.println("administrator access key written to " + key.toAbsolutePath());
        }
        Path certificate = service.certificate();
        if (certificate != null) {
            spec.commandLine()
                    .getErr()
                    .println("clients must be given the certificate " + certificate.toAbsolutePath()
                            + " (AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS)");
        }
        out.flush();
    }
}
