package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** How Kafka's client is set for a destination: by its properties, and by what order and arrival hang on. */
public final class KafkaSettings {

    /** What is waited for a topic's metadata, and for one answer of a broker, in milliseconds. */
    private static final int ANSWER_MILLIS = 5_000;

    /** What a message may take once its topic is known, in milliseconds; with the above 15 s, as a post. */
    static final int DELIVERY_MILLIS = 10_000;

    /** What is set here and nowhere else: nothing lost, one finding in order, an end in time. */
    private static final Set<String> OURS = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);

    /** What administrators may set by the API: nothing that names a file, a class or another server. */
    private static final Set<String> BY_API = Set.of(
            "security.protocol",
            SaslConfigs.SASL_MECHANISM,
            SaslConfigs.SASL_JAAS_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    /** Certificates, which the client takes for secrets. */
    private static final Set<String> PUBLIC =
            Set.of(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);

    /** A login by name and password: other modules of JAAS read files or run classes. */
    private static final Pattern LOGIN = Pattern.compile(
            "\\s*org\\.apache\\.kafka\\.common\\.security\\.(?:plain\\.Plain|scram\\.Scram)LoginModule\\s+required"
                    + "(?:\\s+(?:username|password)=\"(?:[^\"\\\\]|\\\\.)*\")+\\s*;\\s*");

    private static final int LONGEST_LOGIN = 4_096;

    private KafkaSettings() {}

    /** Whether {@code property} of Kafka's client is a secret, which stands in no file and on no command line. */
    public static boolean isSecret(String property) {
        ConfigDef.ConfigKey key = ProducerConfig.configDef().configKeys().get(property);
        return key != null && key.type == ConfigDef.Type.PASSWORD && !PUBLIC.contains(property);
    }

    /** Checks the properties of a destination, {@code configured} or made by the API; none if null. */
    static void check(@Nullable Object properties, boolean configured) throws DestinationForm.Wrong {
        if (properties == null) {
            return;
        }
        if (!(properties instanceof Doc doc) || !doc.members().values().stream().allMatch(String.class::isInstance)) {
            throw wrong("Expected an object of texts, such as {\"security.protocol\": \"SSL\"}.");
        }
        for (String name : doc.members().keySet()) {
            if (OURS.contains(name)) {
                throw wrong("Property " + name + " is set by Tocsin itself.");
            }
            if (!ProducerConfig.configNames().contains(name)) {
                throw wrong("Kafka's client knows no property " + name
                        + Nearest.hint(name, configured ? ProducerConfig.configNames() : BY_API));
            }
            if (!configured && !BY_API.contains(name)) {
                throw wrong("Only the configuration of the service sets property " + name + ".");
            }
        }
        String login = doc.text(SaslConfigs.SASL_JAAS_CONFIG);
        if (login != null
                && !configured
                && (login.length() > LONGEST_LOGIN || !LOGIN.matcher(login).matches())) {
            throw wrong(
                    "Expected as sasl.jaas.config PlainLoginModule or ScramLoginModule with username and password; the"
                            + " configuration may name any.");
        }
        try {
            ProducerConfig.configDef().parse(all(doc, List.of("localhost:9092")));
        } catch (ConfigException e) {
            throw wrong("Kafka's client does not take them: " + e.getMessage());
        }
    }

    private static DestinationForm.Wrong wrong(String expected) {
        return new DestinationForm.Wrong("properties", expected);
    }

    /** All settings of a client that has {@code properties} and begins at {@code brokers}. */
    static Map<String, Object> all(Doc properties, List<String> brokers) {
        Map<String, Object> all = new TreeMap<>();
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "tocsin");
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"); // the JDK's own
        all.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        all.putAll(properties.members());
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        return all;
    }
}
