package dev.tocsin.core.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** What the host sent to one peer, service or network that it sends much to. */
public final class HeavyPeer {

    /** Days for which what was told is no habit. anomaly.md, section 3.2. */
    static final int DISPUTED_DAYS = 30;

    final long key;
    final Rolling now = new Rolling();
    private long mostAnHour;
    private long mostADay;
    private long toldAt;
    private long disputedSince;

    HeavyPeer(long key) {
        this.key = key;
    }

    /** Bytes of the last hour. */
    public long hour() {
        return now.hour();
    }

    /** Bytes of the day. */
    public long day() {
        return now.day();
    }

    /** Windows of the day in which much was sent. */
    public int windows() {
        return now.windows();
    }

    /** Windows of the last hour with at least {@code least} bytes. */
    public int windowsOf(long least) {
        return now.windowsOf(least);
    }

    /** Bytes of the last hour's windows of ten minutes, earliest first. */
    public long[] bins() {
        return now.bins();
    }

    /** The most that it was sent in an hour of the days before. */
    public long mostAnHour() {
        return mostAnHour;
    }

    /** The most that it was sent on a day before. */
    public long mostADay() {
        return mostADay;
    }

    /** Whether it was told within an hour before {@code at}. */
    public boolean isTold(long at) {
        return toldAt > 0 && at - toldAt < Rolling.WINDOWS * 600L;
    }

    /**
     * Notes that it was told at {@code at}. For {@link #DISPUTED_DAYS} from then on nothing of such a day becomes usual if it
     * is {@code disputed}: what a host does while it is being learnt is not.
     */
    public void tell(long at, boolean disputed) {
        toldAt = at;
        if (disputed && disputedSince == 0) {
            disputedSince = Days.of(at);
        }
    }

    boolean isDisputedOn(long day) {
        return disputedSince > 0
                && Days.of(toldAt) == day
                && day >= disputedSince
                && day < disputedSince + DISPUTED_DAYS;
    }

    void rollDay(long ended) {
        if (!isDisputedOn(ended)) {
            mostAnHour = Math.max(mostAnHour, now.busiestHour());
            mostADay = Math.max(mostADay, now.day());
        }
        now.rollDay();
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(key);
        out.writeNumber(mostAnHour);
        out.writeNumber(mostADay);
        out.writeNumber(toldAt);
        out.writeNumber(disputedSince);
        now.write(out);
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static HeavyPeer read(JsonParser in) throws IOException {
        HeavyPeer peer = new HeavyPeer(in.nextLongValue(0));
        peer.mostAnHour = in.nextLongValue(0);
        peer.mostADay = in.nextLongValue(0);
        peer.toldAt = in.nextLongValue(0);
        peer.disputedSince = in.nextLongValue(0);
        peer.now.read(in);
        in.nextToken();
        return peer;
    }
}
