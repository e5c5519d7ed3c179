package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {

    private final StringWriter err = new StringWriter();
    private long now = 1_000_000_000L;
    private final ProgressBar bar = new ProgressBar(new PrintWriter(err, true), () -> now, 4_000_000, 8);

    @Test
    void saysHowFarHowFastAndHowLong() {
        now += 10_000_000_000L;
        bar.at(1_000_000, 2, 50_000, 3);
        assertEquals(
                "\r[#####...............]  25% 1.0/4.0 MB, 2/8 objects, 5,000 events/s, 30 s left, 3 findings",
                err.toString());
    }

    @Test
    void doesNotDrawMoreOftenThanAnEyeSees() {
        bar.at(1, 1, 1, 0);
        int once = err.toString().length();
        now += ProgressBar.EVERY_NANOS - 1;
        bar.at(2, 1, 1, 0);
        assertEquals(once, err.toString().length());
        now += 1;
        bar.at(2, 1, 1, 0);
        assertEquals(true, err.toString().length() > once);
    }

    @Test
    void leavesNothingBehind() {
        bar.at(4_000_000, 8, 1, 0);
        bar.end();
        String shown = err.toString();
        assertEquals('\r', shown.charAt(shown.length() - 1));
        assertEquals(true, shown.substring(0, shown.length() - 1).endsWith(" "));
    }
}
