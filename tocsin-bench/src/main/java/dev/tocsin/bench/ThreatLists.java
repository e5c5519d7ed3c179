package dev.tocsin.bench;

import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Indicator;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import dev.tocsin.core.intel.Section;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One look-up among a million addresses and half a million names; each asks for another of 65,536 prepared ones. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ThreatLists {

    private static final int ADDRESSES = 1_000_000;
    private static final int NAMES = 500_000;
    private static final int ASKED = 1 << 16;
    private static final long NOW = 1_772_000_000;
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private final long[] listed = new long[ASKED];
    private final long[] unlisted = new long[ASKED];
    private final String[] listedNames = new String[ASKED];
    private final String[] unlistedNames = new String[ASKED];
    private Intelligence intelligence = Intelligence.EMPTY;
    private int next;

    /** Fills the lists. */
    @Setup
    public void fill() {
        Random random = new Random(7);
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        for (int i = 0; i < ADDRESSES; i++) {
            int address = address(random);
            section.add(Indicator.of(text(address), Indicator.Kind.IP, 0, Category.C2));
            listed[i & (ASKED - 1)] = MAPPED | Integer.toUnsignedLong(address);
        }
        for (int i = 0; i < NAMES; i++) {
            String name = name(random) + ".example";
            section.add(Indicator.of(name, Indicator.Kind.DOMAIN, 0, Category.C2));
            listedNames[i & (ASKED - 1)] = "www." + name;
        }
        for (int i = 0; i < ASKED; i++) {
            unlisted[i] = MAPPED | Integer.toUnsignedLong(address(random));
            unlistedNames[i] = name(random) + ".cdn.example";
        }
        section.commit(new IndicatorList("made-up", IndicatorList.Kind.INTEL, NOW, NOW, "1"));
        intelligence = builder.build();
    }

    private static int address(Random random) {
        return (1 + random.nextInt(200)) << 24 | random.nextInt(1 << 24);
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >> 16 & 0xFF) + "." + (address >> 8 & 0xFF) + "." + (address & 0xFF);
    }

    private static String name(Random random) {
        return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
    }

    private int next() {
        next = (next + 1) & (ASKED - 1);
        return next;
    }

    /** An address that is listed. */
    @Benchmark
    public @Nullable Match listedAddress() {
        return intelligence.address(0, listed[next()], 443, NOW);
    }

    /** One that is not, as nearly all are. */
    @Benchmark
    public @Nullable Match unlistedAddress() {
        return intelligence.address(0, unlisted[next()], 443, NOW);
    }

    /** A name below one that is listed. */
    @Benchmark
    public @Nullable Match listedName() {
        return intelligence.domain(listedNames[next()], NOW);
    }

    /** One that is not. */
    @Benchmark
    public @Nullable Match unlistedName() {
        return intelligence.domain(unlistedNames[next()], NOW);
    }
}
