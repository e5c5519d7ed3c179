package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SpambotTest {

    private static final String MAILS = "out 40000 25 S c12 +%1$d; in 40000 25 SA c12 +%1$d";

    private static long found(String flows) {
        return FlowFixture.signals(new TestLists(), flows).stream()
                .filter(signal -> signal.type().equals(Spambot.TYPE))
                .count();
    }

    /** Some other traffic on each of so many days. */
    private static String days(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "out 40000 443 S +%1$d; in 40000 443 SA +%1$d;".formatted(i * 86_400))
                .collect(Collectors.joining());
    }

    @Test
    void aHostThatNeverSentMailBegins() {
        assertEquals(1, found(days(3) + MAILS.formatted(3 * 86_400)));
    }

    @Test
    void aYoungHostIsNotKnown() {
        assertEquals(0, found(days(2) + MAILS.formatted(2 * 86_400)));
    }

    @Test
    void aMailServerSendsMail() {
        String some =
                IntStream.range(0, 4).mapToObj(i -> MAILS.formatted(i * 86_400)).collect(Collectors.joining(";"));
        assertEquals(0, found(some));
    }

    @Test
    void aFewConnectionsAreACheck() {
        assertEquals(0, found(days(3) + "out 40000 25 S c4 +%1$d; in 40000 25 SA c4 +%1$d".formatted(3 * 86_400)));
    }

    @Test
    void sessionsOfADayAddUp() {
        String hours = IntStream.range(0, 4)
                .mapToObj(i -> "out 40000 25 S c8 +%1$d; in 40000 25 SA c8 +%1$d".formatted(3 * 86_400 + i * 7_200))
                .collect(Collectors.joining(";"));
        assertEquals(3, found(days(3) + hours), "from the second time on");
    }

    @Test
    void midnightDoesNotHideIt() {
        String hours = IntStream.range(0, 4)
                .mapToObj(i ->
                        "out 40000 25 S c4 +%1$d; in 40000 25 SA c4 +%1$d".formatted(3 * 86_400 + 39_600 + i * 1_800))
                .collect(Collectors.joining(";"));
        assertEquals(1, found(days(4) + hours), "noon and eleven hours; the fourth comes after midnight");
    }
}
