package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A kind of state entry: its name, and how it is written and read. One codec a kind; it reads every version ever
 * released.
 *
 * @param name of the map of entries, unique over all kinds
 * @param version of the written form, raised with each change of it
 * @param codec writes the newest version and reads all
 * @param <S> the entry's class; integers, texts and lists of them, no larger than {@link #MAX_BYTES} written
 */
public record StateKind<S>(String name, int version, Codec<S> codec) {

    /** Largest written entry, in bytes (design: The data path). */
    public static final int MAX_BYTES = 64 * 1024;

    /** A kind whose entries are small objects without a class of their own. */
    public static StateKind<Doc> ofDocs(String name, int version) {
        return new StateKind<>(name, version, new Codec<>() {
            @Override
            public void write(Doc entry, JsonGenerator out) throws IOException {
                entry.write(out);
            }

            @Override
            public Doc read(JsonParser in, int version) throws IOException {
                in.nextToken();
                return Doc.read(in);
            }
        });
    }

    /** Whether it is the same kind; by hand, as it is asked for each record. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StateKind<?> kind && version == kind.version && name.equals(kind.name));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Writes and reads one kind of entry as CBOR. */
    public interface Codec<S> {
        /** Writes {@code state}. */
        void write(S state, JsonGenerator out) throws IOException;

        /** Reads what {@code version} of this codec wrote. */
        S read(JsonParser in, int version) throws IOException;
    }
}
