package dev.tocsin.flink.source;

import dev.tocsin.flink.wire.Batch;
import dev.tocsin.flink.wire.RowPart;

/** What the source gives on. */
public sealed interface Read {

    /**
     * Records.
     *
     * @param batch of one key
     */
    record Records(Batch batch) implements Read {}

    /**
     * An object is read.
     *
     * @param part its row's beginning
     */
    record Row(RowPart part) implements Read {}
}
