package dev.tocsin.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Operation;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RoutesTest {

    private static final String ARN = "arn:aws:guardduty:us-east-1:111122223333:detector/12abc34d";
    private static final Routes ROUTES = new Routes(Contract.get());

    static Stream<Operation> operations() {
        return Contract.get().operations().values().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void eachOperationIsFoundAtItsPath(Operation operation) {
        String path = operation.uri().replaceAll("\\{\\w+}", "12abc34d");

        Routes.Route route = ROUTES.find(operation.method(), path);

        assertNotNull(route);
        assertEquals(operation.name(), route.operation().name());
    }

    @Test
    void anArnInThePathKeepsItsSlashes() {
        Routes.Route route =
                ROUTES.find("GET", "/tags/" + ARN.replace("/", "%2F").replace(":", "%3A"));

        assertNotNull(route);
        assertEquals("ListTagsForResource", route.operation().name());
        assertEquals(Map.of("ResourceArn", ARN), route.members());
    }

    @Test
    void whatIsNoPathOfTheApiIsNotFound() {
        assertNull(ROUTES.find("GET", "/"));
        assertNull(ROUTES.find("GET", "/detector/a/b/c/d/e/f"));
        assertNull(ROUTES.find("PATCH", "/detector"));
    }
}
