package dev.tocsin.input.order;

import java.util.Map;

/** How far event time has come, as a checkpoint keeps it. */
public interface EventTime {
    /** Epoch seconds; {@link Long#MIN_VALUE} as long as nothing is known. */
    long value();

    /** What going on from here needs beside the value, by name. */
    Map<String, Long> positions();
}
