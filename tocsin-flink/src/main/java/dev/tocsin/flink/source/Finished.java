package dev.tocsin.flink.source;

import dev.tocsin.input.order.LogKind;
import java.util.HashMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.jspecify.annotations.Nullable;

/**
 * A reader's word that it has decoded a split.
 *
 * @param index of the split
 * @param kind the log that it was counted under, or null
 * @param clocks how far it moves the clocks of logs
 * @param nextStart of the split
 * @param told up to which turn the reader has passed on
 */
record Finished(int index, @Nullable LogKind kind, HashMap<LogKind, Long> clocks, long nextStart, int told)
        implements SourceEvent {}
