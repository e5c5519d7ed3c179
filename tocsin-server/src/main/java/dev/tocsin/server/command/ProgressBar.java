package dev.tocsin.server.command;

import dev.tocsin.server.host.Analysis;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line on standard error that says how far a run is; it overwrites itself. */
final class ProgressBar implements Analysis.Progress {

    /** Least time between two drawings, in nanoseconds. */
    static final long EVERY_NANOS = 200_000_000L;

    private static final int WIDTH = 20;
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    private final PrintWriter err;
    private final LongSupplier clock;
    private final long totalBytes;
    private final int totalObjects;
    private final long began;
    private long drawn;
    private int length;

    /** A bar for {@code totalBytes} in {@code totalObjects}; {@code clock} counts nanoseconds. */
    ProgressBar(PrintWriter err, LongSupplier clock, long totalBytes, int totalObjects) {
        this.err = err;
        this.clock = clock;
        this.totalBytes = totalBytes;
        this.totalObjects = totalObjects;
        began = clock.getAsLong();
        drawn = began - EVERY_NANOS;
    }

    @Override
    public void at(long bytes, int objects, long records, int findings) {
        long now = clock.getAsLong();
        if (now - drawn < EVERY_NANOS) {
            return;
        }
        drawn = now;
        draw(line(bytes, objects, records, findings, (now - began) / NANOS));
    }

    private String line(long bytes, int objects, long records, int findings, double seconds) {
        double share = totalBytes == 0 ? 1 : Math.min(1, (double) bytes / totalBytes);
        int full = (int) (share * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%% %.1f/%.1f MB, %d/%d objects, %s events/s, %s left, %d findings",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                share * 100,
                bytes / MEGABYTE,
                totalBytes / MEGABYTE,
                objects,
                totalObjects,
                seconds <= 0 ? "-" : String.format(Locale.ROOT, "%,.0f", records / seconds),
                share <= 0 || seconds <= 0 ? "?" : time(seconds * (1 - share) / share),
                findings);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    private void draw(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
        err.flush();
        length = line.length();
    }

    /** Clears the line, so that what follows stands alone. */
    void end() {
        if (length > 0) {
            err.print("\r" + " ".repeat(length) + "\r");
            err.flush();
        }
    }
}
