package dev.tocsin.flink.wire;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.flink.order.Turned;
import java.util.Comparator;

/**
 * What comes to a desk, and its place among all that comes in a turn: desks take it in the same order on every host.
 *
 * @param turn the stamp of the turn it came of
 * @param chunk of the records that led to it; {@link #OF_TIME} if it came as time moved on
 * @param part which function said it: 0 to 3 as {@link Kind}
 * @param shard of its key ({@link dev.tocsin.core.engine.Hash})
 * @param at the record's place in its chunk, or the timer's time
 * @param key the engine's, of a timer; else empty
 * @param number among what the record or timer led to
 * @param element what it says
 */
public record DeskItem(long turn, int chunk, int part, int shard, long at, String key, int number, DeskElement element)
        implements Turned {

    /** Behind all chunks. */
    public static final int OF_TIME = Integer.MAX_VALUE;

    /** As the hosts hand them to desks. */
    public static final Comparator<DeskItem> ORDER = Comparator.comparingInt(DeskItem::chunk)
            .thenComparingInt(DeskItem::part)
            .thenComparingInt(DeskItem::shard)
            .thenComparingInt(item -> form(item.element()))
            .thenComparingLong(DeskItem::at)
            .thenComparing(DeskItem::key)
            .thenComparingInt(DeskItem::number);

    /** What is known of resources comes first. */
    private static int form(DeskElement element) {
        return switch (element) {
            case DeskElement.Learned learned -> 0;
            case DeskElement.Summarised summarised -> 1;
            case DeskElement.Found found -> 2;
        };
    }
}
