package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.TlsConfig;
import dev.tocsin.server.serve.Service;
import dev.tocsin.server.serve.ServiceOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class HealthCommandTest extends CommandFixture {

    private ServiceOptions options() {
        return new ServiceOptions(around.resolve("data"), "127.0.0.1:0", "111111111111");
    }

    @Test
    void aServiceThatWorks() throws Exception {
        try (Service service = Service.start(options())) {
            assertEquals(0, tocsin("health", "--server", service.uri() + "/"), err::toString);
            assertEquals("ready\n", out.toString());
        }
    }

    @Test
    void byItsOwnCertificate() throws Exception {
        TlsConfig tls = new TlsConfig(null, null, null, true);
        try (Service service = Service.start(options().with(tls))) {
            String server = service.uri().toString();
            Path certificate = service.certificate();
            assertEquals(0, tocsin("health", "--server", server, "--certificate", "" + certificate), err::toString);
            assertEquals(1, tocsin("health", "--server", server), "it is not known");
        }
    }

    @Test
    void nothingThere() {
        assertEquals(1, tocsin("health", "--server", "http://127.0.0.1:1"));
        assertTrue(
                err.toString().startsWith("no answer from http://127.0.0.1:1: nothing listens there"), err::toString);
        assertEquals(1, tocsin("health", "--server", "nonsense"));
    }
}
