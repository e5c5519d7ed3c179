package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries by number, a share of a table; of a full share the one that was silent for longest goes.
 *
 * @param <E> the entries' class
 */
public final class Bounded<E extends Bounded.Entry> {

    /** What a share holds. */
    public interface Entry {
        /** When it was seen last, in a unit that all of a table share. */
        long last();

        /** Writes it. */
        void write(JsonGenerator out) throws IOException;
    }

    /** Reads an entry that stands next in {@code in}. */
    public interface Reader<E> {
        /** Reads it. */
        E read(JsonParser in) throws IOException;
    }

    private final Map<Long, E> entries = new HashMap<>();

    /** The entry {@code number}, or null. */
    public @Nullable E get(long number) {
        return entries.get(number);
    }

    /** Puts {@code entry} under {@code number}; at most {@code most} stay. */
    public void put(long number, E entry, int most) {
        entries.put(number, entry);
        if (entries.size() > most) {
            entries.entrySet().stream()
                    .filter(other -> other.getKey() != number)
                    .min(Comparator.<Map.Entry<Long, E>>comparingLong(
                                    other -> other.getValue().last())
                            .thenComparing(Map.Entry::getKey))
                    .ifPresent(oldest -> entries.remove(oldest.getKey()));
        }
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<Long, E> entry :
                entries.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            out.writeNumber(entry.getKey());
            entry.getValue().write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static <E extends Entry> Bounded<E> read(JsonParser in, Reader<E> reader) throws IOException {
        Bounded<E> share = new Bounded<>();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long number = in.getLongValue();
            share.entries.put(number, reader.read(in));
        }
        return share;
    }
}
