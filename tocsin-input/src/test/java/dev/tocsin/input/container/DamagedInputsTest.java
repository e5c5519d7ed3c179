package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.ApiCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages inputs at random: never an exception, the neighbours of a bad record survive, the counts add up. */
final class DamagedInputsTest {

    private static final int ROUNDS = Integer.getInteger("tocsin.fuzz", 3_000);
    private static final String JUNK = "\"\\{}[],: \n0aZ\u0000";

    private long seed;
    private Random random;

    @BeforeEach
    void seeded() {
        seed = Long.getLong("tocsin.seed", System.nanoTime());
        random = new Random(seed);
        System.out.println("DamagedInputsTest: -Dtocsin.seed=" + seed);
    }

    @Test
    void anyDamageToAnyCaseIsSurvived() throws IOException {
        List<Cases.Case> cases = Cases.all();
        for (int round = 0; round < ROUNDS; round++) {
            Cases.Case one = cases.get(random.nextInt(cases.size()));
            byte[] bytes = one.bytes();
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                bytes = damaged(bytes);
            }
            if (random.nextInt(4) == 0) {
                bytes = damaged(GeneratedInputs.gzip(bytes));
            }
            Collected collected = new Collected();
            ObjectReport report = collected.read(bytes, one.name());
            String which = one.name() + " seed " + seed + " round " + round + ": " + report;
            assertEquals(report.rejected(), collected.rejected.size(), which);
            assertEquals(report.ignored(), collected.ignored, which);
            assertTrue(report.accepted() >= collected.events.size(), which);
            assertTrue(
                    report.accepted() + report.ignored() > 0 || report.message() != null || bytes.length < 400, which);
        }
    }

    @Test
    void neighboursOfOneBadRecordSurvive() {
        for (int round = 0; round < ROUNDS; round++) {
            int bad = random.nextInt(10);
            List<String> records = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                records.add(GeneratedInputs.canary().replace("canary", "event-" + i));
            }
            String damaged =
                    new String(damaged(records.get(bad).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            records.set(bad, damaged);
            String text = random.nextBoolean()
                    ? "{\"Records\":[" + String.join(",", records) + "]}"
                    : String.join("\n", records);
            Collected collected = new Collected();
            ObjectReport report = collected.read(text.getBytes(StandardCharsets.UTF_8), "fuzz");
            Set<String> found = collected.events.stream()
                    .map(event -> ((ApiCall) event).eventId())
                    .collect(Collectors.toSet());
            for (int i = 0; i < 10; i++) {
                if (i != bad) {
                    assertTrue(
                            found.contains("event-" + i),
                            "event-" + i + " lost beside " + damaged + ", seed " + seed + " round " + round + " "
                                    + report);
                }
            }
        }
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(5)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] = (byte) JUNK.charAt(random.nextInt(JUNK.length()));
            case 2 -> {
                return joined(
                        Arrays.copyOf(copy, at), Arrays.copyOfRange(copy, Math.min(copy.length, at + 1), copy.length));
            }
            case 3 -> {
                byte[] piece = Arrays.copyOfRange(copy, at, Math.min(copy.length, at + 1 + random.nextInt(16)));
                return joined(joined(Arrays.copyOf(copy, at), piece), Arrays.copyOfRange(copy, at, copy.length));
            }
            default -> {
                int from = random.nextInt(copy.length);
                int length = Math.min(8, copy.length - Math.max(at, from));
                System.arraycopy(bytes, from, copy, at, length);
            }
        }
        return copy;
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
