package dev.tocsin.core.lookup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.RegisteredDomain;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A name that a host asked for within a window, with its earliest query: a registered name that does not exist, or a sample. */
public final class AskedName extends Sampled {

    /** The earliest query first; of one second, by content and place. */
    static final Comparator<NameQuery> EARLIEST = Comparator.comparingLong(NameQuery::at)
            .thenComparingLong(NameQuery::contentHash)
            .thenComparing(query -> query.origin().object().source())
            .thenComparingLong(query -> query.origin().position());

    private NameQuery sample;
    private long last;
    private boolean whole;

    AskedName(long digest, NameQuery query) {
        super(digest);
        sample = QueryCodec.cut(query);
        last = query.at();
    }

    void add(NameQuery query) {
        last = Math.max(last, query.at());
        if (EARLIEST.compare(query, sample) < 0) {
            sample = QueryCodec.cut(query);
        }
    }

    /** The earliest query for it. */
    public NameQuery sample() {
        return sample;
    }

    /** Epoch seconds of the latest query for it. */
    public long last() {
        return last;
    }

    void isWhole(boolean so) {
        whole |= so;
    }

    /**
     * Whether the failure says that the registered name itself is not there. Of a name below it nobody knows: hosts that are
     * gone look so too.
     */
    public boolean isWhole() {
        return whole;
    }

    /** A number that tells it from others. */
    public long fingerprint() {
        return digest >>> 31;
    }

    /** The label that somebody registered, without its suffix. */
    public String label() {
        String name = sample.name();
        long place = RegisteredDomain.place(name);
        return name.substring(RegisteredDomain.start(place), RegisteredDomain.suffixStart(place) - 1);
    }

    void write(Map<Object, Integer> written, JsonGenerator out) throws IOException {
        out.writeNumber(digest);
        out.writeNumber(last);
        out.writeBoolean(whole);
        QueryCodec.write(sample, written, out);
    }

    /** The parser stands behind {@code digest}. */
    static AskedName read(List<Object> known, JsonParser in, long digest) throws IOException {
        long last = in.getLongValue();
        boolean whole = Boolean.TRUE.equals(in.nextBooleanValue());
        in.nextToken();
        AskedName name = new AskedName(digest, QueryCodec.read(known, in));
        name.last = last;
        name.whole = whole;
        return name;
    }
}
