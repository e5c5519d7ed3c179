package dev.tocsin.server.usage;

import dev.tocsin.input.container.Reason;
import dev.tocsin.server.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * List prices by meter, Region and tier. A file has the columns meter, region, upto, usd, date and source, divided by tabs: the price
 * of a unit up to so many units a month, {@code -} for all further ones. The Region {@code other} stands for all without rows.
 */
public final class PriceList {

    private static final String HEADER = "meter\tregion\tupto\tusd\tdate\tsource";
    private static final int COLUMNS = 6;
    private static final String OTHER = "other";
    private static final String SHIPPED = "prices.tsv";

    private final Map<String, List<Tier>> tiers = new HashMap<>();
    private final String name;
    private String date = "";

    private record Tier(BigDecimal upTo, BigDecimal usd) {}

    /** The largest number that a tier is up to: no bound. */
    private static final BigDecimal NO_BOUND = new BigDecimal("1e30");

    private PriceList(String name) {
        this.name = name;
    }

    /** The one that comes with Tocsin, written down from memory. */
    public static PriceList shipped() {
        try (InputStream in = Objects.requireNonNull(PriceList.class.getResourceAsStream(SHIPPED))) {
            return read("as shipped", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The one in {@code file}.
     *
     * @throws ConfigException if it cannot be read, or is none
     */
    public static PriceList of(Path file) throws ConfigException {
        try {
            return read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException("usage.prices: " + file + " cannot be read: " + Reason.of(e));
        }
    }

    static PriceList read(String name, String text) throws ConfigException {
        PriceList list = new PriceList(name);
        List<String> lines = text.lines().toList();
        boolean begun = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!begun && !line.equals(HEADER)) {
                throw bad(name, i, "the header '" + HEADER.replace('\t', ' ') + "', divided by tabs", line);
            }
            if (begun) {
                list.add(line, i);
            }
            begun = true;
        }
        for (Meter meter : Meter.values()) {
            if (!list.tiers.containsKey(meter.wire() + " " + OTHER)) {
                throw new ConfigException(
                        "usage.prices: " + name + ": expected a row of " + meter.wire()
                                + " for the Region other, found none; 'tocsin serve --example-config' says where a list to begin with lies");
            }
        }
        list.tiers.values().forEach(rows -> rows.sort(Comparator.comparing(Tier::upTo)));
        return list;
    }

    private void add(String line, int index) throws ConfigException {
        String[] row = line.split("\t", -1);
        if (row.length != COLUMNS) {
            throw bad(name, index, COLUMNS + " columns", line);
        }
        if (Stream.of(Meter.values()).noneMatch(meter -> meter.wire().equals(row[0]))) {
            throw bad(
                    name,
                    index,
                    "a meter out of "
                            + Stream.of(Meter.values()).map(Meter::wire).toList(),
                    row[0]);
        }
        try {
            BigDecimal upTo = row[2].equals("-") ? NO_BOUND : new BigDecimal(row[2]);
            tiers.computeIfAbsent(row[0] + " " + row[1], key -> new ArrayList<>())
                    .add(new Tier(upTo, new BigDecimal(row[3])));
        } catch (NumberFormatException e) {
            throw bad(name, index, "numbers under upto and usd", row[2] + " and " + row[3]);
        }
        date = row[4].compareTo(date) > 0 ? row[4] : date;
    }

    private static ConfigException bad(String name, int index, String expected, String found) {
        return new ConfigException("usage.prices: " + name + ", line " + (index + 1) + ": expected " + expected
                + ", found '" + found + "'");
    }

    /** Where it is from. */
    public String name() {
        return name;
    }

    /** The newest date in it. */
    public String date() {
        return date;
    }

    /** What {@code counted} of {@code meter} in a month cost in {@code region}, in US dollars. */
    public BigDecimal price(Meter meter, String region, BigDecimal counted) {
        List<Tier> rows = tiers.getOrDefault(
                meter.wire() + " " + region, Objects.requireNonNull(tiers.get(meter.wire() + " " + OTHER)));
        BigDecimal units = counted.divide(meter.unit(), MathContext.DECIMAL64);
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal from = BigDecimal.ZERO;
        for (Tier tier : rows) {
            BigDecimal in = units.min(tier.upTo()).subtract(from).max(BigDecimal.ZERO);
            sum = sum.add(in.multiply(tier.usd()));
            from = tier.upTo();
        }
        return sum;
    }
}
