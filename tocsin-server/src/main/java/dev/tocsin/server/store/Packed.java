package dev.tocsin.server.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Something as the store keeps it: CBOR, deflated. */
public final class Packed {

    /** Half a surrogate pair, which a log may hold, is written as U+FFFD. */
    private static final CBORFactory CBOR = CBORFactory.builder()
            .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
            .build();

    /** One a thread: a new one costs more than most entries take to deflate. */
    private static final ThreadLocal<Deflater> DEFLATER =
            ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED));

    private final int version;
    private final byte[] bytes;
    private final int size;

    /** What the store read. */
    Packed(int version, byte[] bytes, int size) {
        this.version = version;
        this.bytes = bytes;
        this.size = size;
    }

    private interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    /**
     * Packs {@code state} in the newest version of its kind.
     *
     * @throws IOException if its codec fails
     */
    public static <S> Packed of(StateKind<S> kind, S state) throws IOException {
        return pack(kind.version(), out -> kind.codec().write(state, out));
    }

    /**
     * Packs {@code doc}.
     *
     * @throws IOException if it holds what CBOR cannot
     */
    public static Packed of(Doc doc) throws IOException {
        return pack(1, doc::write);
    }

    private static Packed pack(int version, Writing writing) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(plain)) {
            writing.to(out);
        }
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            plain.writeTo(out);
        }
        return new Packed(version, bytes.toByteArray(), plain.size());
    }

    /**
     * The state that was packed.
     *
     * @throws IOException if the bytes are damaged
     */
    public <S> S unpack(StateKind<S> kind) throws IOException {
        try (JsonParser in = CBOR.createParser(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            return kind.codec().read(in, version);
        }
    }

    /** The document that was packed. */
    static Doc doc(byte[] bytes) throws IOException {
        try (JsonParser in = CBOR.createParser(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            in.nextToken();
            return Doc.read(in);
        }
    }

    /** Whether {@code test} holds for any text in the state: a value or a member's name. */
    boolean anyText(Predicate<String> test) throws IOException {
        try (JsonParser in = CBOR.createParser(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (text && test.test(in.getText())) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The version of the codec that wrote it. */
    int version() {
        return version;
    }

    /** Deflated; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Its size before deflating, in bytes. */
    public int size() {
        return size;
    }
}
