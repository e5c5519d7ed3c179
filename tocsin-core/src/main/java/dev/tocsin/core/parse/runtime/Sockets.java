package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Socket addresses as tools and the kernel write them. */
final class Sockets {

    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;

    private Sockets() {}

    /** An object with {@code sa_family} and its members, as Tracee writes it; or such an object with text for numbers. */
    static void fill(@Nullable Object value, HostDraft draft) {
        if (!(value instanceof Doc socket)) {
            return;
        }
        String file = Values.text(socket.get("sun_path"));
        if (file != null) {
            draft.path = file;
            return;
        }
        Address address = Values.address(socket.get("sin_addr"));
        boolean four = address != null;
        address = four ? address : Values.address(socket.get("sin6_addr"));
        if (address != null) {
            draft.address = address;
            draft.port = Values.port(socket.get(four ? "sin_port" : "sin6_port"));
        }
    }

    /** The kernel's bytes, the family first in the machine's order, little-endian on all that are read. */
    static void fill(byte[] socket, HostDraft draft) {
        if (socket.length < 2) {
            return;
        }
        int family = (socket[0] & 0xff) | ((socket[1] & 0xff) << 8);
        if (family == UNIX) {
            int from = socket.length > 2 && socket[2] == 0 ? 3 : 2;
            int to = from;
            while (to < socket.length && socket[to] != 0) {
                to++;
            }
            draft.path = (from == 3 ? "@" : "") + new String(socket, from, to - from, StandardCharsets.UTF_8);
            return;
        }
        if (socket.length >= 8 && (family == INET || family == INET6)) {
            draft.port = ((socket[2] & 0xff) << 8) | (socket[3] & 0xff);
            draft.address = family == INET ? v4(socket) : v6(socket);
        }
    }

    private static @Nullable Address v4(byte[] socket) {
        int bits = 0;
        for (int i = 4; i < 8; i++) {
            bits = (bits << 8) | (socket[i] & 0xff);
        }
        return bits == 0 ? null : Address.v4(bits);
    }

    private static @Nullable Address v6(byte[] socket) {
        if (socket.length < 24) {
            return null;
        }
        byte[] bytes = Arrays.copyOfRange(socket, 8, 24);
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = (high << 8) | (bytes[i] & 0xff);
            low = (low << 8) | (bytes[i + 8] & 0xff);
        }
        return high == 0 && low == 0 ? null : new Address(high, low);
    }
}
