package dev.tocsin.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configured values that name what the environment says. */
final class EnvironmentValuesTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("USER", "tocsin", "PASSWORD", "a$1\\b");

    @Test
    void namesAreReplacedWhereverTheyStand() throws IOException {
        Map<String, String> values =
                Map.of("login", "user=\"${USER}\" password=\"${PASSWORD}\";", "plain", "a $USER {b}");
        assertEquals(
                Map.of("login", "user=\"tocsin\" password=\"a$1\\b\";", "plain", "a $USER {b}"),
                EnvironmentValues.in(values, ENVIRONMENT::get));
        assertEquals(Map.of(), EnvironmentValues.in(null, ENVIRONMENT::get));
    }

    @Test
    void aNameThatTheEnvironmentDoesNotHaveIsSaidAndItsValueIsNot() {
        IOException refused = assertThrows(
                IOException.class, () -> EnvironmentValues.in(Map.of("login", "secret ${NONE}"), ENVIRONMENT::get));
        assertEquals("property login: the environment has no NONE", refused.getMessage());
    }
}
