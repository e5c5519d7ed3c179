package dev.tocsin.flink.order;

/** What belongs to a turn. */
@FunctionalInterface
public interface Turned {
    /** The stamp of its turn, or {@link Turn#NONE}. */
    long turn();
}
