package dev.tocsin.core.intel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Indicator.Kind;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables against plain sets, over values that lie close together. The seed is printed in every failure. */
final class IntelligenceFuzzTest {

    private static final int ROUNDS = 5;
    private static final int ENTRIES = 600;
    private static final int QUESTIONS = 3000;

    @Test
    void agreesWithPlainSets() {
        long base = Long.getLong("tocsin.seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++) {
            long seed = base + round;
            addresses(new Random(seed), "-Dtocsin.seed=" + seed);
            names(new Random(seed), "-Dtocsin.seed=" + seed);
        }
    }

    private static void addresses(Random random, String seed) {
        Set<Network> plain = new HashSet<>();
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        for (int i = 0; i < ENTRIES; i++) {
            Address address = address(random);
            int least = address.isV4() ? AddressTable.V4_BITS : 0;
            int prefix = random.nextBoolean() ? AddressTable.SINGLE : least + random.nextInt(129 - least);
            Network network = Network.of(address.high(), address.low(), prefix);
            Kind kind = network.single() ? Kind.IP : Kind.CIDR;
            Section.Outcome outcome = section.add(Indicator.of(network.toString(), kind, 0, Category.C2));
            assertEquals(plain.add(network), outcome == Section.Outcome.NEW, seed);
        }
        section.commit(new IndicatorList("fuzz", IndicatorList.Kind.INTEL, 0, 0, ""));
        Intelligence intelligence = builder.build();
        for (int i = 0; i < QUESTIONS; i++) {
            Address asked = address(random);
            long expected = plain.stream()
                    .filter(network -> Network.of(asked.high(), asked.low(), network.prefix())
                            .equals(network))
                    .count();
            Match match = intelligence.address(asked, 0, 0);
            long found = match == null ? 0 : match.hits().size();
            assertEquals(Math.min(expected, Match.MAX_HITS), found, () -> asked + " " + seed);
        }
    }

    private static Address address(Random random) {
        if (random.nextBoolean()) {
            return Address.v4((random.nextInt(3) << 30) | (random.nextInt(4) << 14) | random.nextInt(512));
        }
        long high = random.nextInt(4) == 0 ? 0 : 0x2001_0DB8_0000_0000L | random.nextInt(8);
        return new Address(high, ((long) random.nextInt(3) << 61) | random.nextInt(512));
    }

    private static void names(Random random, String seed) {
        Set<String> plain = new HashSet<>();
        Intelligence.Builder builder = new Intelligence.Builder();
        Section section = builder.begin();
        for (int i = 0; i < ENTRIES; i++) {
            String name = name(random);
            Section.Outcome outcome = section.add(Indicator.of(name, Kind.DOMAIN, 0, Category.C2));
            assertEquals(plain.add(name), outcome == Section.Outcome.NEW, seed);
        }
        section.commit(new IndicatorList("fuzz", IndicatorList.Kind.INTEL, 0, 0, ""));
        Intelligence intelligence = builder.build();
        for (int i = 0; i < QUESTIONS; i++) {
            String asked = name(random);
            int expected = 0;
            for (String rest = asked; ; rest = rest.substring(rest.indexOf('.') + 1)) {
                expected += plain.contains(rest) ? 1 : 0;
                if (rest.indexOf('.') < 0) {
                    break;
                }
            }
            Match match = intelligence.domain(asked, 0);
            assertEquals(expected, match == null ? 0 : match.hits().size(), () -> asked + " " + seed);
        }
    }

    /** Two to five labels of one or two letters out of three. */
    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int labels = 2 + random.nextInt(4); labels > 0; labels--) {
            for (int letters = 1 + random.nextInt(2); letters > 0; letters--) {
                name.append((char) ('a' + random.nextInt(3)));
            }
            name.append(labels > 1 ? "." : "");
        }
        return name.toString();
    }
}
