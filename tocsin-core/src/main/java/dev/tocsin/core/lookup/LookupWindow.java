package dev.tocsin.core.lookup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.event.RegisteredDomain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ten minutes of one host's name look-ups. */
public final class LookupWindow {

    /** Length in seconds. Ours: as of a window of flows, so that both tell the same time. */
    public static final long SECONDS = 600;

    /** Registered names kept that do not exist. Ours: a burst's sample, far above what a verdict needs. */
    static final int MOST_FAILED = 64;

    /** Registered domains kept whose labels could carry data. Ours. */
    static final int MOST_CARRIERS = 48;

    /** Bits of the map of registered names that do exist. */
    public static final int ANSWERED_BITS = 1024;

    /** Least characters below a registered domain that count as data, of a query for an address. Ours: longer than host names mostly are. */
    static final int LEAST_DATA = 20;

    /** The same of a query for data. Ours: the shortest that a tunnel which only fetches asks for. */
    static final int LEAST_DATA_TYPED = 6;

    /** Characters of an answer to a query for data that is data itself, however short the name. Ours: what is told of an address or a hash has some sixty. */
    public static final int LONG_ANSWER = 120;

    private final long start;
    private final SampleSet<AskedName> failed = new SampleSet<>(MOST_FAILED);
    private final SampleSet<Carrier> carriers = new SampleSet<>(MOST_CARRIERS);
    private Distinct answered = new Distinct(ANSWERED_BITS);

    /** An empty window that begins at {@code start}, epoch seconds. */
    public LookupWindow(long start) {
        this.start = start;
    }

    /** Adds a query. Names of private suffixes, such as the VPC's own or a cluster's, and reverse look-ups do not count. */
    public void add(NameQuery query) {
        String name = query.name();
        long place = RegisteredDomain.place(name);
        int from = RegisteredDomain.start(place);
        if (from < 0 || name.endsWith(".arpa")) {
            return;
        }
        boolean delegated = RegisteredDomain.isDelegated(place);
        int below = from - 1;
        boolean carries = below >= LEAST_DATA
                || (below > 0 && Carrier.isForData(query.type()) && (below >= LEAST_DATA_TYPED || isLong(query)));
        if (!delegated && (!carries || PrivateSuffixes.holds(name))) {
            return;
        }
        long digest = Sampled.digest(name, from);
        if (carries) {
            carry(digest, from, query);
        }
        if (delegated) {
            judge(digest, below, query);
        }
    }

    private static boolean isLong(NameQuery query) {
        return !query.answers().isEmpty() && query.answers().getFirst().data().length() >= LONG_ANSWER;
    }

    private void carry(long digest, int from, NameQuery query) {
        Carrier carrier = carriers.find(digest);
        if (carrier == null) {
            if (!carriers.admits(digest)) {
                return;
            }
            carrier = new Carrier(digest, query.name().substring(from), query.at());
            carriers.add(carrier);
        }
        carrier.add(query, from - 1);
    }

    private void judge(long digest, int below, NameQuery query) {
        if (!"NXDOMAIN".equals(query.responseCode())) {
            answered.add(digest);
        } else if (isForAddress(query.type())
                && !query.blocked()
                && query.name().charAt(0) != '_') {
            fail(digest, below <= 0 || (below == 3 && query.name().startsWith("www.")), query);
        }
    }

    private static boolean isForAddress(String type) {
        return switch (type) {
            case "A", "AAAA", "HTTPS" -> true;
            default -> false;
        };
    }

    private void fail(long digest, boolean whole, NameQuery query) {
        AskedName known = failed.find(digest);
        if (known == null) {
            if (!failed.admits(digest)) {
                return;
            }
            known = new AskedName(digest, query);
            failed.add(known);
        }
        known.add(query);
        known.isWhole(whole);
    }

    /** Epoch seconds at which it begins. */
    public long start() {
        return start;
    }

    /**
     * Registered names that do not exist, or below which a name was asked for that does not, at most {@link #MOST_FAILED};
     * not those of which answers show that they exist.
     */
    public List<AskedName> failed() {
        return failed.sorted().stream()
                .filter(name -> !answered.mayHold(name.digest))
                .toList();
    }

    /** How many there were, those not kept included. */
    public long distinctFailed() {
        return failed.distinct();
    }

    /** Registered names that do exist. */
    public Distinct answered() {
        return answered;
    }

    /** Registered domains whose labels could carry data, at most {@link #MOST_CARRIERS}. */
    public List<Carrier> carriers() {
        return carriers.sorted();
    }

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        Map<Object, Integer> written = new HashMap<>();
        out.writeStartArray();
        out.writeNumber(start);
        answered.write(out);
        out.writeNumber(failed.bound());
        out.writeNumber(carriers.bound());
        out.writeStartArray();
        for (AskedName name : failed.sorted()) {
            name.write(written, out);
        }
        out.writeEndArray();
        for (Carrier carrier : carriers.sorted()) {
            carrier.write(written, out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static LookupWindow read(JsonParser in) throws IOException {
        in.nextToken();
        LookupWindow window = new LookupWindow(in.nextLongValue(0));
        List<Object> known = new ArrayList<>();
        window.answered = Distinct.read(in, ANSWERED_BITS);
        long failedBound = in.nextLongValue(0);
        long carrierBound = in.nextLongValue(0);
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long digest = in.getLongValue();
            in.nextToken();
            window.failed.add(AskedName.read(known, in, digest));
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            window.carriers.add(Carrier.read(known, in));
        }
        window.failed.bound(failedBound);
        window.carriers.bound(carrierBound);
        return window;
    }
}
