package dev.tocsin.server.host;

/**
 * Keeps memory independent of how long a run is. The serial collector lets the heap grow up to its limit before it looks for
 * garbage among what is old, and state that changes all the time leaves some; so a run of ten million records took twice the
 * memory of one of three.
 */
final class HeapCare {

    /** Bytes that garbage may take before it is looked for. Ours: a tenth of a second's work for a typical state, seldom. */
    private static final long ROOM = 192L << 20;

    /** Of what is in use, the part that may be garbage in addition, so that a large state is not gone through too often. */
    private static final int PART = 4;

    private final Runtime runtime = Runtime.getRuntime();

    /** What is in use for sure; at first all there is, lists of threats the most of it. */
    private long live = used();

    /** Collects garbage if there may be much of it; cheap if not. */
    void check() {
        if (used() - live > ROOM + live / PART) {
            System.gc(); // the only way to say so to the collector; some milliseconds for each ten megabytes in use
            live = used();
        }
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
