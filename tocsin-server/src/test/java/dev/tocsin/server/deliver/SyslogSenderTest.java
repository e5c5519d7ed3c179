package dev.tocsin.server.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.security.SelfSigned;
import dev.tocsin.server.store.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Syslog to listeners on real sockets. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class SyslogSenderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Message MESSAGE =
            new Message("f-\"1]", "f", "Recon:EC2/Portscan", "t", 8, "application/json", "{\"a\":\n\"é\"}");

    @TempDir
    Path folder;

    private static Destination to(String server, String certificates) {
        Doc settings = new Doc().with("name", "log").with("type", "syslog").with("server", server);
        settings.with("certificates", certificates.isEmpty() ? null : certificates);
        return Destination.of(new Resource("", "", Destination.KIND, "1", settings), settings);
    }

    private static SyslogSender sender(String server) {
        return new SyslogSender(to(server, ""), CLOCK);
    }

    private static void isRight(String line) {
        assertTrue(
                line.matches(
                        "<131>1 2026-03-01T12:00:00\\.000Z \\S+ tocsin - finding \\[tocsin@32473 id=\"f-\\\\\"1\\\\]\""
                                + " type=\"Recon:EC2/Portscan\" severity=\"8\\.0\"] \ufeff\\{\"a\": \"é\"}"),
                line);
    }

    /** One message of octet counting. */
    private static String frame(InputStream in) throws IOException {
        StringBuilder count = new StringBuilder();
        for (int c = in.read(); c != ' '; c = in.read()) {
            count.append((char) c);
        }
        return new String(in.readNBytes(Integer.parseInt(count.toString())), StandardCharsets.UTF_8);
    }

    @Test
    void overUdpADatagramIsAMessage() throws Exception {
        try (DatagramSocket listener = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                SyslogSender sender = sender("udp://127.0.0.1:" + listener.getLocalPort())) {
            sender.send(MESSAGE);
            DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            listener.receive(packet);
            isRight(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            Message large = new Message("1", "f", "t", "t", 5, "", "x".repeat(70_000));
            assertTrue(assertThrows(Undelivered.class, () -> sender.send(large)).isRefused());
        }
    }

    @Test
    void overTcpMessagesAreCounted() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SyslogSender sender = sender("tcp://127.0.0.1:" + listener.getLocalPort())) {
            sender.send(MESSAGE);
            sender.send(MESSAGE);
            sender.settle();
            try (Socket connection = listener.accept()) {
                isRight(frame(connection.getInputStream()));
                isRight(frame(connection.getInputStream()));
            }
        }
    }

    @Test
    void aConnectionThatTheServerEndsIsNoticed() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SyslogSender sender = sender("tcp://127.0.0.1:" + listener.getLocalPort())) {
            sender.send(MESSAGE);
            listener.accept().close(); // it took nothing
            assertThrows(Undelivered.class, sender::settle);
            sender.send(MESSAGE);
            try (Socket connection = listener.accept()) {
                isRight(frame(connection.getInputStream()));
            }
        }
    }

    @Test
    void overTlsTheServersNameIsChecked() throws Exception {
        var tls = SelfSigned.in(folder, "localhost", InstantSource.system().instant(), new SecureRandom());
        try (ServerSocket listener =
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            List<String> got = new java.util.concurrent.CopyOnWriteArrayList<>();
            Thread.ofVirtual().start(() -> {
                while (!listener.isClosed()) {
                    try (Socket connection = listener.accept()) {
                        got.add(frame(connection.getInputStream()));
                    } catch (IOException | RuntimeException e) {
                        // a client that does not trust it
                    }
                }
            });
            String place = "tls://localhost:" + listener.getLocalPort();
            try (SyslogSender sender =
                    new SyslogSender(to(place, SelfSigned.certificate(folder).toString()), CLOCK)) {
                sender.send(MESSAGE);
                while (got.isEmpty()) {
                    Thread.onSpinWait();
                }
                isRight(got.getFirst());
            }
            try (SyslogSender sender = sender(place)) {
                assertThrows(Undelivered.class, () -> sender.send(MESSAGE));
            }
            assertEquals(1, got.size());
        }
    }
}
