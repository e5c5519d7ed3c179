package dev.tocsin.server.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A stream over a connection that breaks. */
final class ResumingStreamTest {

    private final byte[] object = new byte[50_000];

    ResumingStreamTest() {
        new Random(7).nextBytes(object);
    }

    /** The object from {@code offset} on, over a connection that breaks after {@code good} bytes. */
    private InputStream breaking(long offset, int good) {
        InputStream rest = new ByteArrayInputStream(object, (int) offset, object.length - (int) offset);
        return new InputStream() {
            private int left = good;

            @Override
            public int read() {
                throw new AssertionError("read in bulk");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("connection reset");
                }
                int count = rest.read(into, from, Math.min(length, left));
                left -= Math.max(count, 0);
                return count;
            }
        };
    }

    @Test
    void goesOnWhereItBroke() throws IOException {
        try (InputStream in = new ResumingStream(offset -> breaking(offset, 10_001))) {
            assertArrayEquals(object, in.readAllBytes());
        }
    }

    @Test
    void givesUpInTheEnd() throws IOException {
        try (InputStream in = new ResumingStream(offset -> breaking(offset, 1_000))) {
            assertThrows(IOException.class, in::readAllBytes);
        }
    }
}
