package dev.tocsin.flink.source;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.wire.Batch;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Some of a split's records, in their order.
 *
 * @param index of the split
 * @param records how many
 * @param batches of them; their turn is not known yet
 * @param row what reading gave, with the last chunk of an object's first part; else null
 * @param last whether it is the split's last
 */
record Chunk(
        int index,
        int records,
        Collection<Batch> batches,
        @Nullable Doc row,
        boolean last) {

    /** Records in a chunk, as on the local host: desks are handed signals chunk by chunk. */
    static final int SIZE = 2_048;
}
