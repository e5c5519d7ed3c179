package dev.tocsin.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces of a stretch of a stream make one row. */
final class StretchRowTest {

    private static Doc row(String status, long accepted, long ignored, long rejected, String message) {
        LedgerRow row = new LedgerRow("kafka://logs/0/0-99999");
        row.read("cloudtrail", status, accepted, ignored, rejected, 10, message);
        return row.toDoc();
    }

    @ParameterizedTest(name = "{0} and {4} is {8}")
    @CsvSource(textBlock = """
            # first                    , second                     , together
            accepted, 5, 0, 0, accepted, 3, 0, 0, accepted
            accepted, 0, 0, 0, skipped,  0, 2, 0, accepted
            skipped,  0, 2, 0, skipped,  0, 2, 0, skipped
            refused,  0, 0, 1, refused,  0, 0, 1, refused
            refused,  0, 0, 1, accepted, 3, 0, 0, partial
            refused,  0, 0, 1, skipped,  0, 1, 0, partial
            partial,  5, 0, 0, accepted, 1, 0, 0, partial
            """)
    void statusFollowsTheCounts(
            String one, long a, long i, long r, String two, long b, long j, long s, String together) {
        Doc sum = StretchRow.added(row(one, a, i, r, null), row(two, b, j, s, null));
        assertEquals(together, sum.text("status"));
        assertEquals(a + b, sum.number("accepted", -1));
        assertEquals(i + j, sum.number("ignored", -1));
        assertEquals(r + s, sum.number("rejected", -1));
        assertEquals(20, sum.number("bytes", -1));
    }

    @Test
    void whereAPieceEndsDoesNotShow() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Doc whole = null;
        Doc halves = null;
        Doc half = null;
        for (int i = 0; i < 50; i++) {
            Doc piece = i % 3 == 0
                    ? row("refused", 0, 0, 1, "at " + i + ": record is no JSON")
                    : row("skipped", 0, 2, 0, "ignored 2: Insights");
            whole = whole == null ? piece : StretchRow.added(whole, piece);
            half = half == null ? piece : StretchRow.added(half, piece);
            if (random.nextInt(5) == 0 || i == 49) {
                halves = halves == null ? half : StretchRow.added(halves, half);
                half = null;
            }
        }
        assertEquals(whole.toJson(), halves.toJson(), "seed " + seed);
        assertEquals(
                "ignored 66: Insights", String.valueOf(whole.text("message")).replaceAll(".*; ", ""));
    }
}
