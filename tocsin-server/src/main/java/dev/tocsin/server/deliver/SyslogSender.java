package dev.tocsin.server.deliver;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages of syslog: over UDP one a datagram, over TCP and TLS with the count of their octets before each (RFC 6587,
 * RFC 5425). No syslog server acknowledges anything: over TCP a connection that broke is noticed, over UDP nothing is.
 */
final class SyslogSender implements Sender {

    private static final int CONNECT_MILLIS = 5_000;

    /** What is waited for a server to say that the connection is over. */
    private static final int PEEK_MILLIS = 20;

    private static final int SETTLE_MILLIS = 200;

    /** What a datagram carries at most. */
    private static final int LARGEST_DATAGRAM = 65_000;

    private final Destination destination;
    private final URI server;
    private final InstantSource clock;
    private final String host;
    private @Nullable Socket socket;

    SyslogSender(Destination destination, InstantSource clock) {
        this.destination = destination;
        this.server = URI.create(destination.required("server"));
        this.clock = clock;
        this.host = ownName();
    }

    private static String ownName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.matches("[\\x21-\\x7e]{1,255}") ? name : "-";
        } catch (UnknownHostException e) {
            return "-"; // RFC 5424's word for a name that is not known
        }
    }

    @Override
    public synchronized String send(Message message) throws Undelivered {
        byte[] line = SyslogLine.of(message, host, clock.millis());
        InetAddress address = Reach.check(server.getHost(), destination.allowsLinkLocal());
        try {
            if (server.getScheme().equals("udp")) {
                return datagram(line, address);
            }
            Socket open = open(address);
            byte[] count = (line.length + " ").getBytes(StandardCharsets.US_ASCII);
            byte[] frame = new byte[count.length + line.length];
            System.arraycopy(count, 0, frame, 0, count.length);
            System.arraycopy(line, 0, frame, count.length, line.length);
            open.getOutputStream().write(frame);
            open.getOutputStream().flush();
            return "sent to " + server + "; syslog does not answer";
        } catch (IOException e) {
            close();
            throw Undelivered.down(server + " cannot be sent to: " + e.getMessage(), e);
        }
    }

    private String datagram(byte[] line, InetAddress address) throws IOException, Undelivered {
        if (line.length > LARGEST_DATAGRAM) {
            throw Undelivered.refused("a message of " + line.length
                    + " bytes is too large for UDP; use tcp:// or tls://, or the format text");
        }
        try (DatagramSocket datagrams = new DatagramSocket()) {
            datagrams.send(new DatagramPacket(line, line.length, address, server.getPort()));
        }
        return "sent to " + server + "; nobody knows whether a datagram arrives";
    }

    /** The connection, a new one if the server has ended the old one. */
    private Socket open(InetAddress address) throws IOException {
        Socket before = socket;
        if (before != null && isOpen(before, PEEK_MILLIS)) {
            return before;
        }
        close();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address, server.getPort()), CONNECT_MILLIS);
            plain.setSoTimeout(CONNECT_MILLIS);
            Socket fresh = server.getScheme().equals("tls") ? secured(plain) : plain;
            socket = fresh;
            return fresh;
        } catch (IOException | Undelivered e) {
            plain.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    private Socket secured(Socket plain) throws IOException, Undelivered {
        var trust = Trust.of(destination);
        SSLSocketFactory factory =
                trust == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trust.getSocketFactory();
        SSLSocket tls = (SSLSocket) factory.createSocket(plain, server.getHost(), server.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name in the certificate is the server's
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** A syslog server says nothing: whatever can be read is the end, but for the silence. */
    private static boolean isOpen(Socket one, int millis) throws IOException {
        try {
            one.setSoTimeout(millis);
            return one.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized void settle() throws Undelivered {
        Socket open = socket;
        try {
            if (open != null && !isOpen(open, SETTLE_MILLIS)) {
                close();
                throw Undelivered.down(server + " ended the connection; what was sent last is sent again", null);
            }
        } catch (IOException e) {
            throw Undelivered.down(server + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is over either way
        }
        socket = null;
    }
}
