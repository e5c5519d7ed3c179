package dev.tocsin.input.container;

import java.io.IOException;
import java.io.InputStream;

/** What stands in a window, up to a length, as a stream. */
final class WindowStream extends InputStream {

    private final ByteWindow window;
    private long left;

    WindowStream(ByteWindow window, long length) {
        this.window = window;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left <= 0 || window.peek() < 0) {
            return -1;
        }
        int b = window.peek();
        window.moveTo(window.at() + 1);
        left--;
        return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left <= 0 || window.peek() < 0) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, left), window.limit() - window.at());
        System.arraycopy(window.bytes(), window.at(), into, from, count);
        window.moveTo(window.at() + count);
        left -= count;
        return count;
    }

    /** Passes over what was not read. */
    void drain() throws IOException {
        while (left > 0 && window.peek() >= 0) {
            int count = (int) Math.min(left, window.limit() - window.at());
            window.moveTo(window.at() + count);
            left -= count;
        }
    }

    /** Bytes that are missing at the end. */
    long missing() {
        return left;
    }
}
