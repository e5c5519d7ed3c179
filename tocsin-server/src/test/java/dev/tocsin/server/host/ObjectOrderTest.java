package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.order.ObjectOrder;
import dev.tocsin.server.source.SourceObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The order of objects: by time, never by path. */
final class ObjectOrderTest {

    private static final long NOON = Calls.NOON;

    private static List<String> sorted(SourceObject... objects) throws InterruptedException {
        try (ExecutorService workers = Executors.newSingleThreadExecutor()) {
            ObjectOrder<SourceObject> order = new ObjectOrder<>(
                    workers,
                    object -> new ParseContext(
                            LogObject.named(object.name()), new FieldPlan.Builder().build(), null, null));
            List<String> forward = names(order.sort(List.of(objects)));
            assertEquals(forward, names(order.sort(List.of(objects).reversed())), "whatever is listed first");
            return forward;
        }
    }

    private static List<String> names(List<ObjectOrder.Placed<SourceObject>> placed) {
        return placed.stream().map(one -> one.object().name()).toList();
    }

    @Test
    void goesByTheTimeInTheName() throws InterruptedException {
        String early = "z/" + Calls.name(5, "111122223333");
        String late = "a/" + Calls.name(10, "111122223333");
        assertEquals(
                List.of(early, late),
                sorted(
                        Calls.object(late, 0, Calls.stop("1", "a", NOON)),
                        Calls.object(early, 0, Calls.stop("2", "a", NOON + 1))));
    }

    @Test
    void goesByTheEarliestRecordWhereTheNameHasNoTime() throws InterruptedException {
        SourceObject late = Calls.object("a.json", 1, Calls.stop("1", "a", NOON + 900));
        SourceObject early = Calls.object("z.json", 2, Calls.stop("2", "a", NOON + 1800), Calls.stop("3", "a", NOON));
        SourceObject named = Calls.object(Calls.name(5, "111122223333"), 3, Calls.stop("4", "a", NOON));
        assertEquals(List.of("z.json", named.name(), "a.json"), sorted(late, named, early));
    }

    @Test
    void looksAtTheFirstThousandRecordsAlone() throws InterruptedException {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            records.add(Calls.stop("e" + i, "a", NOON + 600));
        }
        records.add(Calls.stop("last", "a", NOON - 600));
        SourceObject big = Calls.object("big.json", 1, records.toArray(String[]::new));
        SourceObject small = Calls.object("small.json", 1, Calls.stop("1", "a", NOON));
        assertEquals(List.of("small.json", "big.json"), sorted(big, small));
    }

    @Test
    void goesByContentBeforePath() throws InterruptedException {
        SourceObject one = Calls.object("a.json", 1, Calls.stop("1", "a", NOON));
        SourceObject other = Calls.object("b.json", 1, Calls.stop("2", "a", NOON));
        SourceObject renamedOne = Calls.object("b.json", 1, Calls.stop("1", "a", NOON));
        SourceObject renamedOther = Calls.object("a.json", 1, Calls.stop("2", "a", NOON));
        boolean oneFirst = sorted(one, other).getFirst().equals("a.json");
        assertEquals(
                oneFirst ? "b.json" : "a.json", sorted(renamedOne, renamedOther).getFirst());
    }

    @Test
    void placesWhatCannotBeReadOrHoldsNothingLast() throws InterruptedException {
        SourceObject lost = new SourceObject("a.json", 1, 1, () -> {
            throw new IOException("gone");
        });
        SourceObject good = Calls.object("b.json", 1, Calls.stop("1", "a", NOON));
        assertEquals(List.of("b.json", "a.json"), sorted(lost, good));
    }
}
