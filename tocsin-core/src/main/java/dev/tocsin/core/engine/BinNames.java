package dev.tocsin.core.engine;

/**
 * The texts of bins' numbers, the last one remembered: most events fall into the bin of the one before. Threads may share
 * it, as number and text are one object.
 */
final class BinNames {

    private record Named(long bin, String name) {}

    private Named last = new Named(0, "0");

    /** The text of {@code bin}. */
    String of(long bin) {
        Named named = last;
        if (named.bin() != bin) {
            named = new Named(bin, Long.toString(bin));
            last = named;
        }
        return named.name();
    }
}
