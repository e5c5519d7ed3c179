package dev.tocsin.server.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.DataReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TimelyReaderTest {

    private final List<Duration> waited = new ArrayList<>();

    /** Gives {@code packets} one by one, and then the end. */
    private TimelyReader reader(byte[]... packets) {
        List<byte[]> left = new ArrayList<>(List.of(packets));
        return new TimelyReader(DataReader.create(() -> left.isEmpty() ? null : left.removeFirst()), silence -> {
            waited.add(silence);
            return new CompletableFuture<>();
        });
    }

    @Test
    void eachPartOfARequestHasItsPatience() {
        TimelyReader reader = reader(new byte[] {1}, new byte[] {2, 3}, new byte[] {4}, new byte[] {5}, new byte[] {6});
        assertArrayEquals(new byte[] {1}, reader.get());
        assertArrayEquals(new byte[] {2, 3}, reader.get());
        TimelyReader.headIsThere();
        assertArrayEquals(new byte[] {4}, reader.get());
        assertArrayEquals(new byte[] {5}, reader.get());
        TimelyReader.isAnswered();
        assertArrayEquals(new byte[] {6}, reader.get());
        assertNull(reader.get(), "the end");
        assertEquals(TimelyReader.IDLE, waited.get(0));
        assertTrue(waited.get(1).compareTo(TimelyReader.HEAD) < 0, "of the head's time the first byte took some");
        assertEquals(List.of(TimelyReader.SILENCE, TimelyReader.SILENCE, TimelyReader.IDLE), waited.subList(2, 5));
        assertTrue(waited.get(5).compareTo(TimelyReader.HEAD) < 0);
    }

    @Test
    void anInterruptOfItsOwnGoesNoFurther() {
        TimelyReader late = new TimelyReader(DataReader.create(() -> new byte[] {1}), silence -> {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedFuture(null);
        });
        assertArrayEquals(new byte[] {1}, late.get());
        assertTrue(!Thread.currentThread().isInterrupted());
    }
}
