package dev.tocsin.input.geo;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small mmdb files for tests: 32-bit records, maps of texts, numbers and maps. */
final class MmdbWriter {

    private static final int EMPTY = -1;

    private final int version;
    private final String type;
    private final List<int[]> nodes = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** A file of {@code type} for IP version {@code version}: 4, or 6 for both. */
    MmdbWriter(String type, int version) {
        this.type = type;
        this.version = version;
        nodes.add(new int[] {EMPTY, EMPTY});
    }

    /** Says {@code entry} of all addresses of {@code network}. */
    MmdbWriter add(String network, Map<String, Object> entry) {
        int offset = data.size();
        data.writeBytes(encode(entry));
        Network net = Network.parse(network);
        boolean v4 = net.isV4();
        // In a file of both, IPv4 lies under ::/96; Tocsin's own form has it under ::ffff:0:0/96.
        int skip = version == 4 ? 96 : 0;
        int node = 0;
        for (int bit = skip; bit < net.prefix(); bit++) {
            boolean mapped = v4 && bit >= 80 && bit < 96;
            int side = mapped ? 0 : bit(new Address(net.high(), net.low()), bit);
            int[] at = nodes.get(node);
            if (bit == net.prefix() - 1) {
                at[side] = -2 - offset;
            } else {
                if (at[side] == EMPTY) {
                    nodes.add(new int[] {EMPTY, EMPTY});
                    at[side] = nodes.size() - 1;
                }
                node = at[side];
            }
        }
        return this;
    }

    private static int bit(Address address, int bit) {
        long half = bit < Long.SIZE ? address.high() : address.low();
        return (int) (half >>> (Long.SIZE - 1 - bit % Long.SIZE)) & 1;
    }

    /** Writes the file. */
    Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int record : node) {
                int value = record == EMPTY ? nodes.size() : record < 0 ? nodes.size() + 16 - (record + 2) : record;
                out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(new byte[] {(byte) 0xAB, (byte) 0xCD, (byte) 0xEF});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(encode(Map.of(
                "binary_format_major_version", 2L,
                "binary_format_minor_version", 0L,
                "build_epoch", 1_772_366_400L,
                "database_type", type,
                "ip_version", (long) version,
                "node_count", (long) nodes.size(),
                "record_size", 32L)));
        return Files.write(file, out.toByteArray());
    }

    private static byte[] encode(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (value) {
            case Map<?, ?> map -> {
                out.write(7 << 5 | map.size());
                map.forEach((key, member) -> {
                    out.writeBytes(encode(key));
                    out.writeBytes(encode(member));
                });
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                out.write(2 << 5 | Math.min(bytes.length, 29));
                if (bytes.length >= 29) {
                    out.write(bytes.length - 29);
                }
                out.writeBytes(bytes);
            }
            case Double number -> {
                out.write(3 << 5 | 8);
                out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
            }
            case Long number -> {
                out.write(6 << 5 | 4);
                out.writeBytes(ByteBuffer.allocate(4).putInt(number.intValue()).array());
            }
            default -> throw new IllegalArgumentException("not for these tests: " + value);
        }
        return out.toByteArray();
    }
}
