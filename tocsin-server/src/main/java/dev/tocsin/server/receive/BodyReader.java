package dev.tocsin.server.receive;

import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.LargeBodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a body as long as there is room for it, and unpacks it. The room that it took is its owner's to give back. */
final class BodyReader {

    /** Largest body, unpacked, in bytes: Firehose's own limit. */
    static final int MOST_BYTES = LargeBodies.MOST_BODY;

    /** What a body may take to arrive, however steadily it trickles. */
    private static final Duration WHOLE = Duration.ofMinutes(2);

    private static final int STEP = 64 << 10;

    private final BodyRoom room;
    private long taken;

    BodyReader(BodyRoom room) {
        this.room = room;
    }

    /** How much room it has taken. */
    long taken() {
        return taken;
    }

    /**
     * The body of {@code head}, unpacked.
     *
     * @param body as it comes
     * @throws Refused if it is too large, takes too long, is packed in a way that is not known, or there is no room
     */
    byte[] read(ApiRequest head, InputStream body) throws Refused {
        checkLength(head.header("content-length"));
        try (InputStream in = unpacked(head.header("content-encoding"), body)) {
            return bytes(in);
        } catch (ZipException e) {
            throw new Refused(400, "The body is no gzip data, as Content-Encoding says.");
        } catch (IOException e) {
            throw new Refused(400, "The body ends too early.");
        }
    }

    private static void checkLength(@Nullable String length) throws Refused {
        if (length != null && (length.length() > 9 || Long.parseLong(length) > MOST_BYTES)) {
            throw tooLarge();
        }
    }

    private static Refused tooLarge() {
        return new Refused(413, "The body has more than " + MOST_BYTES + " bytes. Set a smaller buffer in Firehose.");
    }

    private static InputStream unpacked(@Nullable String encoding, InputStream body) throws IOException, Refused {
        return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity" -> body;
            case "gzip" -> new GZIPInputStream(body, STEP);
            default -> throw new Refused(400, "Content-Encoding is neither gzip nor absent.");
        };
    }

    private byte[] bytes(InputStream in) throws IOException, Refused {
        long start = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[STEP];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (bytes.size() + read > MOST_BYTES) {
                throw tooLarge();
            }
            if (!room.take(read)) {
                throw new Refused(503, "There is no room at the moment; send it again.");
            }
            taken += read;
            bytes.write(buffer, 0, read);
            if (System.nanoTime() - start > WHOLE.toNanos()) {
                throw new Refused(408, "The body took more than two minutes.");
            }
        }
        return bytes.toByteArray();
    }
}
