package dev.tocsin.core.profile;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import java.util.Locale;

/** Values of habits as numbers: the kind in the upper half, the value in the lower one. */
public final class Habit {

    private static final long PORT = 1L << 32;
    private static final long DNS = 2L << 32;
    private static final long DOH = 3L << 32;
    private static final long DOT = 4L << 32;
    private static final long LOW = 0xFFFF_FFFFL;

    private Habit() {}

    /** A server port of peers. */
    public static long port(int protocol, int port) {
        return PORT | (long) protocol << 16 | port;
    }

    /** The resolvers of {@code operator}, asked over plain DNS. */
    public static long dns(String operator) {
        return DNS | (operator.hashCode() & LOW);
    }

    /** The resolvers of {@code operator}, asked over HTTPS. */
    public static long doh(String operator) {
        return DOH | (operator.hashCode() & LOW);
    }

    /** The resolvers of {@code operator}, asked over TLS. */
    public static long dot(String operator) {
        return DOT | (operator.hashCode() & LOW);
    }

    /** Whether {@code key} is a port. */
    public static boolean isPort(long key) {
        return key >>> 32 == 1;
    }

    /** A port as people write it, such as {@code tcp/443}. */
    public static String portText(long key) {
        int protocol = (int) (key >>> 16 & 0xFF);
        String name = protocol == Flow.TCP
                ? "tcp"
                : protocol == Flow.UDP ? "udp" : String.format(Locale.ROOT, "%d", protocol);
        return name + "/" + (key & 0xFFFF);
    }

    /** A peer by its network: 24 bits of an IPv4 address, 48 of an IPv6 one. */
    public static long network(Address address) {
        return address.isV4() ? address.low() >>> 8 : (address.high() >>> 16) | (1L << 62);
    }

    /** An AWS service, and whether it is reached through an endpoint of the own Region. */
    public static long service(String name) {
        return (1L << 61) | (name.hashCode() & LOW);
    }
}
