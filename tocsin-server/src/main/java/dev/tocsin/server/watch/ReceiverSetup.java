package dev.tocsin.server.watch;

import dev.tocsin.input.container.ObjectReport.Kind;
import dev.tocsin.server.config.AccessKeyConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.source.Binding;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.FirehoseSource.Sender;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From configuration to the receivers of Firehose's requests and the keys that configuration gives them. */
final class ReceiverSetup {

    private static final Set<Kind> LOGS =
            EnumSet.of(Kind.CLOUDTRAIL, Kind.VPCFLOW, Kind.DNS, Kind.LAMBDA, Kind.RUNTIME);

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z._-]{1,64}");
    private static final Pattern PATH = Pattern.compile("(/[0-9A-Za-z._~-]+)+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}");
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9 -]{1,4096}");

    private ReceiverSetup() {}

    /**
     * The receiver that {@code config} describes.
     *
     * @throws ConfigException if it is not as it must be
     */
    static FirehoseSource source(String name, SourceConfig config) throws ConfigException {
        String at = "source " + name + ": ";
        String path = path(at, "/firehose/", name, config);
        Binding binding = new Binding(accounts(at, config.accounts()), log(at, config.log()), region(at, config));
        return new FirehoseSource(
                name, new FirehoseSource.Settings(path, binding, format(at, config.format()), Sender.FIREHOSE));
    }

    /**
     * The receiver of agents that {@code config} describes.
     *
     * @throws ConfigException if it is not as it must be
     */
    static FirehoseSource agents(String name, SourceConfig config) throws ConfigException {
        String at = "source " + name + ": ";
        if (config.accessKey() != null || config.log() != null || config.format() != null) {
            throw new ConfigException(
                    at + "accessKey, log and format are not of type agent-http; 'tocsin keys agent' makes keys");
        }
        String path = path(at, "/agent/", name, config);
        Binding binding = new Binding(accounts(at, config.accounts()), Kind.RUNTIME, region(at, config));
        return new FirehoseSource(name, new FirehoseSource.Settings(path, binding, null, Sender.AGENT));
    }

    private static String path(String at, String folder, String name, SourceConfig config) throws ConfigException {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException(at + "expected a name of letters, digits, dots, dashes and underscores");
        }
        String path = config.path() == null ? folder + name : config.path();
        if (!PATH.matcher(path).matches() || path.startsWith("/tocsin/") || path.equals("/metrics")) {
            throw new ConfigException(at + "path: expected one such as " + folder + name + ", found '" + path + "'");
        }
        return path;
    }

    private static Set<String> accounts(String at, @Nullable List<String> accounts) throws ConfigException {
        Set<String> all = new TreeSet<>();
        for (String account : accounts == null ? List.<String>of() : accounts) {
            if (!account.matches("\\d{12}")) {
                throw new ConfigException(at + "accounts: expected 12 digits in quotes, found '" + account + "'");
            }
            all.add(account);
        }
        return Set.copyOf(all);
    }

    private static Kind log(String at, @Nullable String log) throws ConfigException {
        List<String> known = LOGS.stream().map(Kind::wireName).toList();
        for (Kind kind : LOGS) {
            if (kind.wireName().equals(log)) {
                return kind;
            }
        }
        throw new ConfigException(at + "log: expected one of " + String.join(", ", known)
                + (log == null ? ", found nothing" : ", found '" + log + "'" + Nearest.hint(log, known)));
    }

    private static @Nullable String region(String at, SourceConfig config) throws ConfigException {
        if (config.region() != null && !REGION.matcher(config.region()).matches()) {
            throw new ConfigException(
                    at + "region: expected one such as eu-central-1, found '" + config.region() + "'");
        }
        return config.region();
    }

    private static @Nullable String format(String at, @Nullable String format) throws ConfigException {
        if (format == null) {
            return null;
        }
        String plain = format.replaceAll("[${}]", "").strip();
        if (!FORMAT.matcher(plain).matches()) {
            throw new ConfigException(at + "format: expected names of fields, divided by blanks");
        }
        return plain;
    }

    /**
     * Sees that each has a path of its own.
     *
     * @throws ConfigException if two have the same
     */
    static void checkPaths(List<FirehoseSource> receivers) throws ConfigException {
        Map<String, String> byPath = new HashMap<>();
        for (FirehoseSource receiver : receivers) {
            String path = receiver.settings().path();
            String other = byPath.put(path, receiver.name());
            if (other != null) {
                throw new ConfigException(
                        "sources " + other + " and " + receiver.name() + ": both have the path " + path);
            }
        }
    }

    /**
     * The keys that {@code configs} give, by source; others are in the store.
     *
     * @throws ConfigException if one is not there or too short
     */
    static Map<String, String> keys(List<SourceConfig> configs, Map<String, String> environment)
            throws ConfigException {
        Map<String, String> keys = new HashMap<>();
        for (SourceConfig config : configs) {
            AccessKeyConfig key = config.accessKey();
            if (key != null) {
                String at = "source " + config.name() + ": accessKey: ";
                String text = key.read(at, environment);
                if (text.length() < ReceiverKeys.SHORTEST || text.length() > ReceiverKeys.LONGEST) {
                    throw new ConfigException(at + "expected " + ReceiverKeys.SHORTEST + " to " + ReceiverKeys.LONGEST
                            + " characters, found " + text.length() + "; 'openssl rand -base64 32' makes some");
                }
                keys.put(String.valueOf(config.name()), text);
            }
        }
        return keys;
    }
}
