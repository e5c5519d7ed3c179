package dev.tocsin.core.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.traffic.TrafficWindow;
import java.io.IOException;

/** Bytes of the last hour, in windows of ten minutes; and of the day, with its busiest hour. */
final class Rolling {

    /** Windows of an hour. */
    static final int WINDOWS = 6;

    private final long[] bytes = new long[WINDOWS];
    private long last;
    private long busiestHour;
    private long day;
    private int windows;

    /** Adds {@code more} bytes in the window that begins at {@code start}; windows come in the order of time. */
    void add(long start, long more) {
        long window = start / TrafficWindow.SECONDS;
        long ahead = window - last;
        if (ahead > 0) {
            for (int i = 0; i < WINDOWS; i++) {
                int from = (int) Math.min(WINDOWS, i + ahead);
                bytes[i] = from < WINDOWS ? bytes[from] : 0;
            }
            last = window;
            windows++;
        }
        bytes[WINDOWS - 1] += more;
        day += more;
        busiestHour = Math.max(busiestHour, hour());
    }

    /** Bytes of the hour that ends with the last window. */
    long hour() {
        long sum = 0;
        for (long one : bytes) {
            sum += one;
        }
        return sum;
    }

    /** Windows of that hour with at least {@code least} bytes. */
    int windowsOf(long least) {
        int count = 0;
        for (long one : bytes) {
            count += one >= least ? 1 : 0;
        }
        return count;
    }

    /** The hour's windows, earliest first. */
    long[] bins() {
        return bytes.clone();
    }

    /** Epoch seconds at which the last window begins. */
    long lastStart() {
        return last * TrafficWindow.SECONDS;
    }

    /** Bytes of the day. */
    long day() {
        return day;
    }

    /** Windows of the day. */
    int windows() {
        return windows;
    }

    /** Bytes of the day's busiest hour. */
    long busiestHour() {
        return busiestHour;
    }

    /** A new day begins; the hour goes on over midnight. */
    void rollDay() {
        busiestHour = 0;
        day = 0;
        windows = 0;
    }

    void write(JsonGenerator out) throws IOException {
        for (long one : bytes) {
            out.writeNumber(one);
        }
        out.writeNumber(last);
        out.writeNumber(busiestHour);
        out.writeNumber(day);
        out.writeNumber(windows);
    }

    void read(JsonParser in) throws IOException {
        for (int i = 0; i < WINDOWS; i++) {
            bytes[i] = in.nextLongValue(0);
        }
        last = in.nextLongValue(0);
        busiestHour = in.nextLongValue(0);
        day = in.nextLongValue(0);
        windows = in.nextIntValue(0);
    }
}
