package dev.tocsin.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** The enumerator's word that turns are over as far as decoding goes: from here on it is known where time stands. */
final class Turns implements SourceEvent {

    private static final long serialVersionUID = 1;

    private final int first;
    private final int total;
    private final long[] stamps;

    /**
     * Turns.
     *
     * @param first which turn the first stamp is of; 0 stands before all
     * @param total how many turns there are
     * @param stamps where time stands after each
     */
    Turns(int first, int total, long[] stamps) {
        this.first = first;
        this.total = total;
        this.stamps = stamps.clone();
    }

    int first() {
        return first;
    }

    int total() {
        return total;
    }

    long[] stamps() {
        return stamps.clone();
    }
}
