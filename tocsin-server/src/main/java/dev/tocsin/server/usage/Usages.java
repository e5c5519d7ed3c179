package dev.tocsin.server.usage;

import dev.tocsin.server.store.Metered;
import dev.tocsin.server.store.Metered.By;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was analysed, and what it would have cost by list price. The whole of a span is priced as one month, by account, Region and
 * meter; a part of it bears its share.
 */
public final class Usages {

    private final Store store;
    private final PriceList prices;

    private record Pool(String account, String region, Meter meter) {}

    /**
     * A part.
     *
     * @param amount what was analysed, told apart as was asked
     * @param vcpuMinutes how long agents watched, times vCPUs
     * @param usd the list price
     */
    public record Part(Metered amount, long vcpuMinutes, BigDecimal usd) {

        /** What analysed it. */
        public UsageFeature feature() {
            return UsageFeature.valueOf(amount.feature());
        }

        /** What the price counts. */
        BigDecimal counted() {
            Meter meter = feature().meter();
            if (meter == null) {
                return BigDecimal.ZERO;
            }
            return BigDecimal.valueOf(
                    meter == Meter.AGENTS
                            ? vcpuMinutes
                            : meter.countsRecords() ? amount.records() : amount.bytes() - amount.exempt());
        }
    }

    /** Of what {@code store} has, by {@code prices}. */
    public Usages(Store store, PriceList prices) {
        this.store = store;
        this.prices = prices;
    }

    /** The list of prices. */
    public PriceList prices() {
        return prices;
    }

    /**
     * The parts of the days {@code from} to {@code to}, days since 1970-01-01.
     *
     * @param by what they are told apart by beside account, Region and feature
     */
    public List<Part> parts(long from, long to, Set<By> by) throws StoreException {
        Set<By> all = EnumSet.of(By.ACCOUNT, By.REGION, By.FEATURE);
        all.addAll(by);
        Map<Metered, Part> parts = new LinkedHashMap<>();
        for (Metered amount : Metered.sums(store, from, to, all)) {
            parts.put(amount.with(0, 0, 0), new Part(amount, 0, BigDecimal.ZERO));
        }
        for (Agents.Use use : Agents.uses(store, from, to)) {
            Metered key = new Metered(
                    all.contains(By.DAY) ? use.day() : 0,
                    use.account(),
                    use.region(),
                    "",
                    use.feature().name(),
                    all.contains(By.RESOURCE) ? use.watched() : "",
                    0,
                    0,
                    0);
            parts.merge(
                    key,
                    new Part(key, use.vcpuMinutes(), BigDecimal.ZERO),
                    (one, other) -> new Part(one.amount(), one.vcpuMinutes() + other.vcpuMinutes(), BigDecimal.ZERO));
        }
        return priced(List.copyOf(parts.values()));
    }

    private List<Part> priced(List<Part> parts) {
        Map<Pool, BigDecimal> pools = new HashMap<>();
        for (Part part : parts) {
            Meter meter = part.feature().meter();
            if (meter != null) {
                pools.merge(pool(part, meter), part.counted(), BigDecimal::add);
            }
        }
        List<Part> priced = new ArrayList<>();
        for (Part part : parts) {
            Meter meter = part.feature().meter();
            priced.add(meter == null ? part : new Part(part.amount(), part.vcpuMinutes(), share(part, meter, pools)));
        }
        return priced;
    }

    private BigDecimal share(Part part, Meter meter, Map<Pool, BigDecimal> pools) {
        BigDecimal whole = pools.getOrDefault(pool(part, meter), BigDecimal.ZERO);
        return whole.signum() == 0
                ? BigDecimal.ZERO
                : prices.price(meter, part.amount().region(), whole)
                        .multiply(part.counted())
                        .divide(whole, MathContext.DECIMAL64);
    }

    private static Pool pool(Part part, Meter meter) {
        return new Pool(part.amount().account(), part.amount().region(), meter);
    }
}
