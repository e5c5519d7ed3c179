package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HeldTest {

    private static final int DIFFERENT = 400;

    private final IdentityCalls calls = new IdentityCalls();

    private static List<String> held(List<ApiCall> some) {
        Held held = new Held();
        for (ApiCall call : some) {
            held.add(new Held.Some(call, 1), Objects.requireNonNull(Actor.of(call)), Values.of(call, 1, "tool"));
        }
        return held.all().stream()
                .map(one -> one.first().action() + " " + one.first().at() + " x" + one.count())
                .toList();
    }

    /** Each call twice, so that which is the earliest and how many there are depend on what came before. */
    @Test
    void isBoundedAndTheSameInAnyOrder() {
        List<ApiCall> some = new ArrayList<>();
        for (int i = 0; i < 2 * DIFFERENT; i++) {
            some.add(calls.call(
                    "ann",
                    IdentityCalls.START + i % 50,
                    "iam",
                    "Action" + i % DIFFERENT,
                    IdentityCalls.HOME,
                    IdentityCalls.TOOL));
        }
        List<String> once = held(some);
        assertTrue(once.size() < DIFFERENT && once.size() > 100, once.size() + " are held");
        assertTrue(once.stream().allMatch(one -> one.endsWith(" x2")), "calls alike are counted");
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(some, new Random(seed));
            assertEquals(once, held(some), "seed " + seed);
        }
    }
}
