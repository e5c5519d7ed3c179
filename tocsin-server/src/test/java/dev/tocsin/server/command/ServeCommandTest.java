package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class ServeCommandTest extends CommandFixture {

    /** Keeps what is logged. */
    private static final class Logged extends Handler {

        private final List<String> messages = new ArrayList<>();

        @Override
        public synchronized void publish(LogRecord entry) {
            messages.add(entry.getLoggerName() + ": " + entry.getMessage());
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void aTakenPortIsOneLineAndNoStackTrace() throws IOException {
        Path data = around.resolve("data");
        Logged logged = new Logged();
        Logger root = LogManager.getLogManager().getLogger("");
        root.addHandler(logged);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertEquals(2, tocsin("serve", "--data", data.toString(), "--listen", "127.0.0.1:" + port));
            assertEquals(
                    "cannot listen on 127.0.0.1:" + port
                            + ": another program does, or it is not this machine's; --listen HOST:PORT names another\n",
                    err.toString());
        } finally {
            root.removeHandler(logged);
        }
        assertEquals(List.of(), logged.messages);
        assertFalse(Files.exists(data), "nothing was begun");
    }
}
