package dev.tocsin.flink.source;

import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectDays;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * An object, or a part of one, in its place in the order.
 *
 * @param index its place, from 0; its turn is the one after
 * @param file the object
 * @param part which of its records
 * @param kind the log that it is expected to hold, or null
 * @param nextStart see {@link dev.tocsin.input.order.Watermark#finished}
 * @param chunks of its records that were given on
 * @param clocks how far it moves the clocks of logs; null until it is decoded
 * @param given whether all was given on
 */
public record LogSplit(
        int index,
        LogFile file,
        ObjectDays.Part part,
        @Nullable LogKind kind,
        long nextStart,
        int chunks,
        @Nullable Map<LogKind, Long> clocks,
        boolean given)
        implements SourceSplit {

    @Override
    public String splitId() {
        return String.valueOf(index);
    }

    LogSplit decoded(Map<LogKind, Long> told) {
        return new LogSplit(index, file, part, kind, nextStart, chunks, told, given);
    }

    LogSplit givenOn(int so, boolean all) {
        return new LogSplit(index, file, part, kind, nextStart, so, clocks, all);
    }
}
