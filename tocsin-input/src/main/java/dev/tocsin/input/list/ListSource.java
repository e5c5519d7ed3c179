package dev.tocsin.input.list;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The unpacked bytes of a list, counted and digested while they are read; ends where a damaged gzip does. */
final class ListSource {

    /** Bytes looked at to tell the format. Ours: comment blocks of feeds are a few KB. */
    static final int HEAD_BYTES = 64 * 1024;

    private static final int VERSION_DIGITS = 16;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final MessageDigest digest = sha256();
    private final BufferedInputStream text;
    private final long most;
    private long bytes;
    private boolean damaged;
    private boolean cut;

    ListSource(InputStream raw, long mostBytes) throws IOException {
        most = mostBytes;
        text = new Kept(new Counted(unpacked(raw)));
    }

    private InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream packed = new BufferedInputStream(raw, HEAD_BYTES);
        packed.mark(2);
        int magic = (packed.read() << 8) | packed.read();
        packed.reset();
        if (magic != GZIP_MAGIC) {
            return packed;
        }
        try {
            return new GZIPInputStream(packed, HEAD_BYTES);
        } catch (ZipException | EOFException e) {
            damaged = true;
            return InputStream.nullInputStream();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** How it begins; reading starts after a byte order mark. */
    Head head() throws IOException {
        text.mark(HEAD_BYTES);
        byte[] first = text.readNBytes(HEAD_BYTES);
        text.reset();
        Head head = new Head(first);
        text.skipNBytes(head.mark());
        return head;
    }

    InputStream stream() {
        return text;
    }

    Reader reader() {
        return new InputStreamReader(text, StandardCharsets.UTF_8);
    }

    /** Reads what a format left, for size and version. */
    void drain() throws IOException {
        text.transferTo(OutputStream.nullOutputStream());
    }

    long bytes() {
        return bytes;
    }

    /** Whether the gzip broke before its end. */
    boolean damaged() {
        return damaged;
    }

    /** Whether it is longer than the limit; the rest was not read. */
    boolean cut() {
        return cut;
    }

    /** A digest of all that was read; asked once, at the end. */
    String version() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    /** Parsers close what they have read to its end; size and version are asked for after that. */
    private static final class Kept extends BufferedInputStream {

        Kept(InputStream in) {
            super(in, HEAD_BYTES);
        }

        @Override
        public void close() {
            // The bytes are the caller's to close.
        }
    }

    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (damaged || cut) {
                return -1;
            }
            int got = take(into, from, length);
            if (got > 0) {
                bytes += got;
                digest.update(into, from, got);
                cut = bytes > most;
            }
            return got;
        }

        private int take(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (ZipException | EOFException e) {
                damaged = true;
                return -1;
            }
        }
    }
}
