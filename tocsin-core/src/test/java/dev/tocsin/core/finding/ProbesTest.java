package dev.tocsin.core.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProbesTest {

    private static Doc action(int port) {
        Doc details = new Doc().with("localPortDetails", new Doc().with("port", port));
        return new Doc()
                .with("actionType", "PORT_PROBE")
                .with("portProbeAction", new Doc().with("blocked", false).with("portProbeDetails", List.of(details)));
    }

    private static List<Long> ports(Probes probes) {
        List<Long> ports = new ArrayList<>();
        List<?> details = (List<?>) probes.in(action(0)).part("portProbeAction").get("portProbeDetails");
        details.forEach(one -> ports.add(((Doc) one).part("localPortDetails").number("port", -1)));
        return ports;
    }

    /** Port p is probed at p and, once more, at p + 50: the earliest twenty are the ports 1 to 20, in this order. */
    @Test
    void listsTheEarliestInAnyOrderOfComing() {
        List<Integer> coming = new ArrayList<>(IntStream.range(0, 80).boxed().toList());
        List<Long> earliest = IntStream.rangeClosed(1, Probes.MOST)
                .mapToObj(port -> (long) port)
                .toList();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(coming, random);
            Probes probes = new Probes();
            Probes others = new Probes();
            coming.forEach(i -> (round(i) ? probes : others).add(action(i / 2 + 1), i / 2 + 1 + i % 2 * 50));
            probes.addAll(others);
            Probes read = new Probes();
            read.restore(probes.toState());
            assertEquals(earliest, ports(read), "seed " + seed);
        }
    }

    private static boolean round(int i) {
        return i % 3 == 0;
    }

    @Test
    void leavesOtherActionsAsTheyAre() {
        Probes probes = new Probes();
        Doc action = new Doc().with("actionType", "AWS_API_CALL");
        probes.add(action, 1);
        assertEquals(action, probes.in(action));
    }
}
