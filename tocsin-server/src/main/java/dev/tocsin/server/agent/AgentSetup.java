package dev.tocsin.server.agent;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.AccessKeyConfig;
import dev.tocsin.server.config.AgentConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.EnvironmentValues;
import dev.tocsin.server.config.Nearest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From configuration to an agent. */
public final class AgentSetup {

    private static final int USUAL_MEGABYTES = 256;
    private static final int USUAL_SECONDS = 5;
    private static final String NONE = "none";

    private final AgentConfig config;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /**
     * What is followed unless the configuration says otherwise.
     *
     * @param process as {@code /proc} names it
     * @param file what it writes
     */
    private record Usual(String process, String file) {}

    private static final Map<String, Usual> TOOLS = tools();

    private static Map<String, Usual> tools() {
        Map<String, Usual> tools = new LinkedHashMap<>();
        tools.put("auditd", new Usual("auditd", "/var/log/audit/audit.log"));
        tools.put("tracee", new Usual("tracee", "/var/log/tracee/tracee.json"));
        tools.put("tetragon", new Usual("tetragon", "/var/log/tetragon/tetragon.log"));
        tools.put("falco", new Usual("falco", "/var/log/falco/events.json"));
        tools.put("osquery", new Usual("osqueryd", "/var/log/osquery/osqueryd.results.log"));
        return tools;
    }

    /** By {@code config}, whose values may name variables of {@code environment}. */
    public AgentSetup(AgentConfig config, Map<String, String> environment, InstantSource clock) {
        this.config = config;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * The agent.
     *
     * @param version its own
     * @param told takes lines for people
     * @throws ConfigException if the configuration is not as it must be
     * @throws IOException if its folder cannot be used
     */
    public Agent agent(String version, Consumer<String> told) throws ConfigException, IOException {
        String tool = tool();
        Usual usual = Objects.requireNonNull(TOOLS.get(tool));
        String process = config.process() == null ? usual.process() : config.process();
        Path file = Path.of(config.file() == null ? usual.file() : config.file());
        AccessKeyConfig key = config.key();
        if (key == null) {
            throw new ConfigException("agent: key is missing; 'tocsin keys agent' makes one");
        }
        Uplink uplink = new Uplink(server(), key.read("agent: key: ", environment), certificate());
        return new Agent(new Agent.Setup(
                host(),
                tool,
                new Tool(process.equals(NONE) ? null : process, file),
                uplink,
                spool(),
                positive("batchSeconds", config.batchSeconds(), USUAL_SECONDS) * 1_000L,
                version,
                clock,
                told));
    }

    private String tool() throws ConfigException {
        String tool = Objects.requireNonNullElse(config.tool(), "");
        if (!TOOLS.containsKey(tool)) {
            throw new ConfigException("agent: tool: expected one of " + String.join(", ", TOOLS.keySet()) + ", found '"
                    + tool + "'" + Nearest.hint(tool, TOOLS.keySet()));
        }
        return tool;
    }

    private URI server() throws ConfigException {
        String text = Objects.requireNonNullElse(config.server(), "").replaceAll("/+$", "");
        URI server;
        try {
            server = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("agent: server: no address: '" + text + "'");
        }
        if (!Set.of("https", "http").contains(Objects.requireNonNullElse(server.getScheme(), ""))
                || server.getHost() == null
                || server.getPath().isEmpty()) {
            throw new ConfigException(
                    "agent: server: expected one such as https://tocsin.example.com/agent/hosts, found '" + text + "'");
        }
        if (server.getScheme().equals("http") && !isLoopback(server.getHost())) {
            throw new ConfigException(
                    "agent: server: plain HTTP is for this machine alone; expected https, found '" + text + "'");
        }
        return server;
    }

    private static boolean isLoopback(String host) {
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(host);
    }

    private @Nullable Path certificate() throws ConfigException {
        String text = config.certificate();
        Path file = text == null ? null : Path.of(text);
        if (file != null && !Files.isReadable(file)) {
            throw new ConfigException("agent: certificate: " + file + " cannot be read");
        }
        return file;
    }

    private Spool spool() throws ConfigException, IOException {
        String whenFull = Objects.requireNonNullElse(config.whenFull(), "oldest");
        if (!Set.of("oldest", "newest").contains(whenFull)) {
            throw new ConfigException("agent: whenFull: expected oldest or newest, found '" + whenFull + "'");
        }
        long megabytes = positive("bufferMegabytes", config.bufferMegabytes(), USUAL_MEGABYTES);
        Path folder = Path.of(Objects.requireNonNullElse(config.buffer(), "/var/lib/tocsin-agent"));
        return new Spool(folder, megabytes << 20, whenFull.equals("oldest"));
    }

    private static int positive(String key, @Nullable Integer value, int usual) throws ConfigException {
        if (value != null && value < 1) {
            throw new ConfigException("agent: " + key + ": expected 1 or more, found " + value);
        }
        return value == null ? usual : value;
    }

    private HostIdentity host() throws ConfigException, IOException {
        String account = value("account", config.account());
        String region = value("region", config.region());
        String instance = value("instanceId", config.instanceId());
        String task = value("taskArn", config.taskArn());
        List<String> interfaces = List.of();
        if (account == null || region == null || (instance == null && task == null)) {
            InstanceMetadata metadata = new InstanceMetadata(environment.get(InstanceMetadata.ENDPOINT));
            Doc identity = asked(metadata);
            account = account == null ? identity.text("accountId") : account;
            region = region == null ? identity.text("region") : region;
            instance = instance == null && task == null ? identity.text("instanceId") : instance;
            interfaces = metadata.interfaces();
        }
        String name = value("hostname", config.hostname());
        String cluster =
                value("clusterName", config.clusterName() == null ? config.clusterArn() : config.clusterName());
        return new HostIdentity(
                checked("account", account, "\\d{12}"),
                checked("region", region, "[a-z]{2,4}(-[a-z]+)+-\\d{1,2}"),
                NONE.equals(instance) ? null : instance,
                name == null ? InetAddress.getLocalHost().getHostName() : name,
                cluster,
                value("nodeName", config.nodeName()),
                task,
                interfaces);
    }

    private static Doc asked(InstanceMetadata metadata) throws ConfigException {
        try {
            return metadata.identity();
        } catch (IOException e) {
            throw new ConfigException("agent: the instance's metadata service does not say what the host is ("
                    + e.getMessage() + "); set account, region and instanceId");
        }
    }

    private static String checked(String key, @Nullable String value, String pattern) throws ConfigException {
        if (value == null || !value.matches(pattern)) {
            throw new ConfigException("agent: " + key + ": not one: '" + value + "'");
        }
        return value;
    }

    private @Nullable String value(String key, @Nullable String value) throws ConfigException {
        try {
            return value == null ? null : EnvironmentValues.filled(key, value, environment::get);
        } catch (IOException e) {
            throw new ConfigException("agent: " + e.getMessage());
        }
    }
}
