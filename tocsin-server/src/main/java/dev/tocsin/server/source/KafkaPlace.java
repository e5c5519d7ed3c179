package dev.tocsin.server.source;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Topics of Kafka and how they are reached.
 *
 * @param source the source's name
 * @param topics their names
 * @param brokers where to begin to ask, HOST:PORT each
 * @param properties settings of Kafka's client, such as those of SASL and TLS
 * @param since from when on records are read at the first start, epoch seconds; {@link Long#MIN_VALUE} for all
 * @param form of records that do not say all
 */
public record KafkaPlace(
        String source,
        List<String> topics,
        List<String> brokers,
        Map<String, String> properties,
        long since,
        StreamBatch.Form form) {

    /** What is set here and nowhere else: where to go on is kept in our own store, and all partitions are read here. */
    private static final Set<String> OURS = Set.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);

    /** Its client tells each setting, and each try to reach a broker, which is said once here. */
    private static final Logger LOG_OF_CLIENT = Logger.getLogger("org.apache.kafka");

    private static final String REQUEST_MILLIS = "10000";
    private static final String PARTITION_BYTES = String.valueOf(4 << 20);
    private static final String FETCH_BYTES = String.valueOf(16 << 20);

    /**
     * The stream there.
     *
     * @param clock the host's time
     * @throws IOException if a property is none or is not to be set; its message is for people
     */
    public LogStream open(InstantSource clock) throws IOException {
        for (String property : properties.keySet()) {
            if (OURS.contains(property)) {
                throw new IOException("property " + property + " is set by Tocsin itself");
            }
            if (!ConsumerConfig.configNames().contains(property)) {
                throw new IOException("Kafka's client knows no property " + property);
            }
        }
        return new LogStream(source, new KafkaFetcher(this, clock));
    }

    /**
     * A client.
     *
     * @throws SourceDown if Kafka's client does not take its properties
     */
    KafkaConsumer<byte[], byte[]> connect() throws SourceDown {
        quiet();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-" + source);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, String.valueOf(KafkaFetcher.DISCOVER_MILLIS / 2));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(StreamBatches.MOST_RECORDS));
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.putAll(properties);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw KafkaErrors.explain(e, this);
        }
    }

    /** Makes Kafka's client say only what is said nowhere else. */
    public static void quiet() {
        AwsSettings.quiet();
        LOG_OF_CLIENT.setLevel(Level.SEVERE);
    }

    /** As people call it. */
    String called() {
        return "Kafka at " + String.join(",", brokers);
    }
}
