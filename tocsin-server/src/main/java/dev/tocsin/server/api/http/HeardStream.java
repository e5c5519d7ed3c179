package dev.tocsin.server.api.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that remembers whether it came whole. */
final class HeardStream extends FilterInputStream {

    private boolean broken;

    HeardStream(InputStream in) {
        super(in);
    }

    /** Whether reading has failed: the rest of the body will not come, and nothing else by this connection. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) { // the server has no common class for what breaks while it reads
            broken = true;
            throw new IOException("the body ends early, falls silent or is badly cut into chunks", e);
        }
    }

    /** Does nothing: the server would read the rest of the body first. */
    @Override
    public void close() {}
}
