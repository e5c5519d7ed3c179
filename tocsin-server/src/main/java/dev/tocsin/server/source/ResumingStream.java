package dev.tocsin.server.source;

import java.io.IOException;
import java.io.InputStream;

/** A stream over a distant object that goes on where it was when the connection breaks, a few times. */
final class ResumingStream extends InputStream {

    private static final int BREAKS = 5;

    private final Opening opening;
    private InputStream in;
    private long offset;
    private int breaks;

    /** Opens the object at an offset. */
    interface Opening {
        /** A stream over the bytes from {@code offset} on. */
        InputStream from(long offset) throws IOException;
    }

    ResumingStream(Opening opening) throws IOException {
        this.opening = opening;
        this.in = opening.from(0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        while (true) {
            try {
                int count = in.read(into, from, length);
                offset += Math.max(count, 0);
                return count;
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    private void resume(IOException broken) throws IOException {
        breaks++;
        if (breaks > BREAKS) {
            throw new SourceDown("the connection broke " + breaks + " times: " + broken.getMessage(), broken);
        }
        try {
            in.close();
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        in = opening.from(offset);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
