package dev.tocsin.input.geo;

import dev.tocsin.core.event.Address;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Networks by address range, compiled from CSV to a file that is searched where it lies: {@link #MAGIC}, the number of
 * ranges, the number of holders; a row a range (first and last address, number, holder); where each holder's name
 * ends; the names in UTF-8. Big endian.
 */
public final class AsnTable implements PlaceFile {

    /** {@code TOCSASN1}. */
    private static final long MAGIC = 0x544F4353_41534E31L;

    private static final int HEADER = Long.BYTES + 2 * Integer.BYTES;
    private static final int ROW = 4 * Long.BYTES + 2 * Integer.BYTES;
    private static final int COLUMNS = 4;

    /** A range; what {@link #compile} sorts. */
    private record Range(Address first, Address last, int asn, int holder) {

        private static final Comparator<Range> ORDER = (a, b) -> {
            int high = Long.compareUnsigned(a.first.high(), b.first.high());
            return high != 0 ? high : Long.compareUnsigned(a.first.low(), b.first.low());
        };
    }

    private final ByteBuffer file;
    private final int ranges;
    private final int names;

    private AsnTable(ByteBuffer file) {
        this.file = file;
        this.ranges = file.getInt(Long.BYTES);
        this.names = HEADER + ranges * ROW;
    }

    /** Whether {@code file} begins like a table. */
    static boolean isOne(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer magic = ByteBuffer.allocate(Long.BYTES);
            return channel.read(magic) == Long.BYTES && magic.getLong(0) == MAGIC;
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens a table; its pages are read as they are asked for. */
    static AsnTable open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            AsnTable table = mapped.limit() < HEADER ? null : new AsnTable(mapped);
            if (table == null || table.length() != channel.size()) {
                throw new IOException(file + ": a table of networks that is cut short");
            }
            return table;
        }
    }

    private long length() {
        int holders = file.getInt(Long.BYTES + Integer.BYTES);
        long blob = names + (long) holders * Integer.BYTES;
        boolean whole = ranges >= 0 && holders > 0 && blob <= file.limit();
        return whole ? blob + file.getInt(names + (holders - 1) * Integer.BYTES) : -1;
    }

    @Override
    public Set<Geography.Fact> facts() {
        return Set.of(Geography.Fact.NETWORK);
    }

    @Override
    public Place find(Address address) {
        int row = HEADER + last(address) * ROW;
        if (row < HEADER || compare(row + 2 * Long.BYTES, address) < 0) {
            return Place.UNKNOWN;
        }
        return Place.network(
                Integer.toUnsignedLong(file.getInt(row + 4 * Long.BYTES)),
                holder(file.getInt(row + 4 * Long.BYTES + Integer.BYTES)));
    }

    /** The last range that begins at or before {@code address}, or -1. */
    private int last(Address address) {
        int low = 0;
        int high = ranges;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(HEADER + middle * ROW, address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int compare(int at, Address address) {
        int high = Long.compareUnsigned(file.getLong(at), address.high());
        return high != 0 ? high : Long.compareUnsigned(file.getLong(at + Long.BYTES), address.low());
    }

    private String holder(int number) {
        int holders = file.getInt(Long.BYTES + Integer.BYTES);
        int from = number == 0 ? 0 : file.getInt(names + (number - 1) * Integer.BYTES);
        byte[] text = new byte[file.getInt(names + number * Integer.BYTES) - from];
        file.get(names + holders * Integer.BYTES + from, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // The mapping ends with the object.
    }

    /**
     * Compiles rows {@code first,last,number,holder} (ip-location-db's asn) to a table.
     *
     * @return how many ranges it holds
     * @throws IOException if a row is none, or {@code target} cannot be written
     */
    public static int compile(List<? extends Reader> csv, Path target) throws IOException {
        List<Range> ranges = new ArrayList<>();
        Map<String, Integer> holders = new LinkedHashMap<>();
        for (Reader part : csv) {
            BufferedReader lines = new BufferedReader(part);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ranges.add(range(line, holders));
            }
        }
        if (ranges.isEmpty()) {
            throw new IOException("no networks in it");
        }
        ranges.sort(Range.ORDER);
        write(ranges, List.copyOf(holders.keySet()), target);
        return ranges.size();
    }

    private static Range range(String line, Map<String, Integer> holders) throws IOException {
        String[] cells = line.split(",", COLUMNS);
        Address first = cells.length < COLUMNS ? null : Address.parse(cells[0]);
        Address last = first == null ? null : Address.parse(cells[1]);
        int asn = last == null ? 0 : number(cells[2]);
        if (first == null || last == null || asn == 0) {
            throw new IOException("expected first,last,number,holder, found " + line);
        }
        String holder = cells[COLUMNS - 1];
        boolean quoted = holder.length() > 1 && holder.startsWith("\"") && holder.endsWith("\"");
        String name = quoted ? holder.substring(1, holder.length() - 1).replace("\"\"", "\"") : holder;
        return new Range(first, last, asn, holders.computeIfAbsent(name, ignored -> holders.size()));
    }

    private static int number(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void write(List<Range> ranges, List<String> holders, Path target) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16))) {
            out.writeLong(MAGIC);
            out.writeInt(ranges.size());
            out.writeInt(holders.size());
            for (Range range : ranges) {
                out.writeLong(range.first().high());
                out.writeLong(range.first().low());
                out.writeLong(range.last().high());
                out.writeLong(range.last().low());
                out.writeInt(range.asn());
                out.writeInt(range.holder());
            }
            int end = 0;
            for (String holder : holders) {
                end += holder.getBytes(StandardCharsets.UTF_8).length;
                out.writeInt(end);
            }
            for (String holder : holders) {
                out.write(holder.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
