package dev.tocsin.server.watch;

import dev.tocsin.server.config.AssumeRoleConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.EnvironmentValues;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.source.AssumedRole;
import dev.tocsin.server.source.Binding;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.KafkaPlace;
import dev.tocsin.server.source.KinesisPlace;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SqsQueue;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From configuration to sources.
 *
 * @param sources to look at
 * @param from when each begins, epoch seconds; {@link Long#MIN_VALUE} for the beginning
 * @param silentAfter when the silence of each is an alarm, in milliseconds; 0 for never
 * @param guarded what they hang on
 */
public record SourcesSetup(
        List<LiveSource> sources, Map<String, Long> from, Map<String, Long> silentAfter, GuardedSources guarded) {

    /** When silence is an alarm unless it is said, in minutes. */
    private static final int SILENT_MINUTES = 60;

    private static final List<String> TYPES =
            List.of("folder", "s3", "sqs", "kafka", "kinesis", "firehose-http", "agent-http");

    /**
     * The sources that {@code configs} name. What "now" meant at the first start is kept in {@code store}.
     *
     * @throws ConfigException if one is not as it must be
     * @throws StoreException if the store cannot be read or written
     */
    public static SourcesSetup of(List<SourceConfig> configs, Store store, InstantSource clock)
            throws ConfigException, IOException {
        SourcesSetup setup =
                new SourcesSetup(new ArrayList<>(), new HashMap<>(), new HashMap<>(), new GuardedSources());
        Set<String> streams = new HashSet<>();
        for (SourceConfig config : configs) {
            String name = required(config.name(), "sources: a source has no name");
            if (setup.from.containsKey(name)) {
                throw new ConfigException("sources: two are called '" + name + "'");
            }
            long from = from(config.from(), name, store, clock);
            setup.from.put(name, from);
            int minutes = config.silentAfter() == null ? SILENT_MINUTES : config.silentAfter();
            if (minutes < 0) {
                throw new ConfigException("source " + name + ": silentAfter: expected minutes or 0, found " + minutes);
            }
            setup.silentAfter.put(name, minutes * 60_000L);
            for (String stream : streams(config)) {
                if (!streams.add(stream)) {
                    throw new ConfigException("source " + name + ": another reads " + stream + " already");
                }
            }
            setup.guard(name, config);
            setup.sources.add(source(name, config, from, clock));
        }
        ReceiverSetup.checkPaths(setup.receivers());
        return setup;
    }

    /** Those that {@code sender} sends to. */
    List<FirehoseSource> receivers(FirehoseSource.Sender sender) {
        return receivers().stream()
                .filter(one -> one.settings().sender() == sender)
                .toList();
    }

    /** Those that are sent to. */
    List<FirehoseSource> receivers() {
        return sources.stream()
                .filter(FirehoseSource.class::isInstance)
                .map(FirehoseSource.class::cast)
                .toList();
    }

    /** What those may bring, by name. */
    public Map<String, Binding> bindings() {
        return receivers().stream()
                .collect(Collectors.toMap(
                        FirehoseSource::name, source -> source.settings().binding()));
    }

    /** The streams that are read: one that two sources read would be counted twice. */
    private static List<String> streams(SourceConfig config) {
        List<String> streams = new ArrayList<>();
        if (config.stream() != null) {
            streams.add("stream " + config.stream());
        }
        for (String topic : config.topic() == null ? List.<String>of() : config.topic()) {
            streams.add("topic " + topic + " of " + config.brokers());
        }
        return streams;
    }

    private void guard(String name, SourceConfig config) {
        List<String> things = new ArrayList<>(config.guard() == null ? List.of() : config.guard());
        if (config.queue() != null) {
            things.add(config.queue());
        }
        if (config.stream() != null && config.stream().startsWith("arn:")) {
            things.add(config.stream());
        }
        if (config.assumeRole() != null && config.assumeRole().arn() != null) {
            things.add(config.assumeRole().arn());
        }
        things.forEach(arn -> guarded.add(arn, name));
        if (config.url() != null) {
            guarded.addObject(config.url(), name);
        }
    }

    private static LiveSource source(String name, SourceConfig config, long from, InstantSource clock)
            throws ConfigException, IOException {
        String type = required(config.type(), "source " + name + ": type is missing");
        return switch (type) {
            case "folder" ->
                new LiveSource.Folder(
                        name,
                        Path.of(required(config.path(), "source " + name + ": path is missing"))
                                .toAbsolutePath()
                                .normalize());
            case "s3" ->
                new LiveSource.Bucket(
                        name,
                        required(config.url(), "source " + name + ": url is missing"),
                        Scope.span(from),
                        role(name, config));
            case "sqs" -> queue(name, config, clock);
            case "firehose-http" -> ReceiverSetup.source(name, config);
            case "agent-http" -> ReceiverSetup.agents(name, config);
            case "kafka" -> kafka(name, config, from, clock);
            case "kinesis" -> kinesis(name, config, from, clock);
            default ->
                throw new ConfigException("source " + name + ": no type '" + type + "'" + Nearest.hint(type, TYPES));
        };
    }

    private static LiveSource queue(String name, SourceConfig config, InstantSource clock)
            throws ConfigException, IOException {
        String url = required(config.queue(), "source " + name + ": queue is missing");
        try {
            return new SqsQueue(name, url, role(name, config), clock);
        } catch (IOException e) {
            throw new ConfigException("source " + name + ": queue: " + e.getMessage());
        }
    }

    private static LiveSource kafka(String name, SourceConfig config, long from, InstantSource clock)
            throws ConfigException {
        try {
            return new KafkaPlace(
                            name,
                            required(config.topic(), "source " + name + ": topic is missing"),
                            required(config.brokers(), "source " + name + ": brokers is missing"),
                            EnvironmentValues.in(config.properties(), System::getenv),
                            Scope.span(from).teachSince(),
                            new StreamBatch.Form(config.region(), config.format()))
                    .open(clock);
        } catch (IOException e) {
            throw new ConfigException("source " + name + ": " + e.getMessage());
        }
    }

    private static LiveSource kinesis(String name, SourceConfig config, long from, InstantSource clock)
            throws ConfigException {
        String stream = required(config.stream(), "source " + name + ": stream is missing");
        try {
            long since = Scope.span(from).teachSince();
            return KinesisPlace.of(name, stream, config.region(), role(name, config), since, config.format())
                    .open(clock);
        } catch (IOException e) {
            throw new ConfigException("source " + name + ": stream: " + e.getMessage());
        }
    }

    private static List<String> required(@Nullable List<String> values, String message) throws ConfigException {
        if (values == null || values.isEmpty()) {
            throw new ConfigException(message);
        }
        return values;
    }

    private static @Nullable AssumedRole role(String name, SourceConfig config) throws ConfigException {
        AssumeRoleConfig role = config.assumeRole();
        return role == null
                ? null
                : new AssumedRole(
                        required(role.arn(), "source " + name + ": assumeRole: arn is missing"), role.externalId());
    }

    private static String required(@Nullable String value, String message) throws ConfigException {
        if (value == null || value.isBlank()) {
            throw new ConfigException(message);
        }
        return value;
    }

    private static long from(@Nullable String text, String name, Store store, InstantSource clock)
            throws ConfigException, StoreException {
        if (text == null || text.equals("beginning")) {
            return Long.MIN_VALUE;
        }
        if (text.equals("now")) {
            String position = "from." + name;
            Long first = store.positions().get(position);
            long now = first == null ? clock.instant().getEpochSecond() : first;
            store.write(transaction -> transaction.position(position, now));
            return now;
        }
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeException e) {
            throw new ConfigException("source " + name
                    + ": from: expected beginning, now or a time such as 2026-03-01T00:00:00Z, found '" + text + "'");
        }
    }
}
