package dev.tocsin.server.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.DestinationConfig;
import dev.tocsin.server.config.ServeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Destinations of a configuration file, with secrets of the environment. */
final class ConfiguredDestinationsTest {

    private static final String KAFKA = "name: bus, type: kafka, brokers: 'k-1:9096', topic: findings";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private List<Doc> read(String destination) throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("tocsin.yaml"), "destinations: [{" + destination + "}]\n");
        List<DestinationConfig> listed =
                Objects.requireNonNull(ConfigFile.read(file, ServeConfig.class).destinations());
        return ConfiguredDestinations.of(listed, Map.of("LOGIN", "l0gin"));
    }

    @Test
    void whatTheEnvironmentSaysStandsInProperties() throws ConfigException, IOException {
        Doc members = read(KAFKA + ", properties: {sasl.jaas.config: 'x ${LOGIN};', security.protocol: SASL_SSL}")
                .getFirst();
        assertEquals("x l0gin;", members.part("properties").text("sasl.jaas.config"));
        assertEquals("SASL_SSL", members.part("properties").text("security.protocol"));
        assertEquals(List.of("k-1:9096"), members.get("brokers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sasl.jaas.config: 's3cret'  | destinations: bus: properties: sasl.jaas.config: secrets do not stand in the configuration
            ssl.key.password: 's3cret'  | destinations: bus: properties: ssl.key.password: secrets do not stand
            ssl.key.password: '${NONE}' | destinations: bus: property ssl.key.password: the environment has no NONE
            acks: '1'                   | destinations: bus: properties: Property acks is set by Tocsin itself.
            ack: '1'                    | destinations: bus: properties: Kafka's client knows no property ack
            """)
    void saysWhichPropertyIsWrong(String property, String message) {
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> read(KAFKA + ", properties: {" + property + "}"));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith(message), wrong.getMessage());
        assertFalse(String.valueOf(wrong.getMessage()).contains("s3cret"), wrong.getMessage());
    }
}
