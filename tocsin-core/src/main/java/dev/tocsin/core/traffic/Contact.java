package dev.tocsin.core.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One peer on one service during a window: all records between them, added up. Sums, extremes and the earliest record,
 * so the order in which records come changes nothing.
 */
public final class Contact {

    /** By service and peer: the order in which detectors see contacts. */
    public static final Comparator<Contact> ORDER = Comparator.comparingInt(Contact::protocol)
            .thenComparingInt(Contact::port)
            .thenComparingLong(contact -> contact.remoteHigh)
            .thenComparingLong(contact -> contact.remoteLow);

    private static final int SESSION_BITS = 64;
    private static final int RESET = 4;

    final long hash;
    private final long remoteHigh;
    private final long remoteLow;
    private final int protocol;
    private final int port;
    private final boolean served;

    private long outRecords;
    private long inRecords;
    private long outPackets;
    private long inPackets;
    private long outBytes;
    private long inBytes;
    private long openedOut;
    private long openedIn;
    private long answeredOut;
    private long answeredIn;
    private long resetsIn;
    private long rejectedOut;
    private long rejectedIn;
    private long sessions;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private Flow earliest;
    private boolean earliestOut;
    private @Nullable String service;
    private final Address remote;
    private @Nullable String remoteText;

    Contact(long hash, long remoteHigh, long remoteLow, int port, boolean served, Flow flow) {
        this.hash = hash;
        this.remoteHigh = remoteHigh;
        this.remoteLow = remoteLow;
        this.remote = new Address(remoteHigh, remoteLow);
        this.protocol = flow.protocol();
        this.port = port;
        this.served = served;
        this.earliest = flow;
    }

    void add(Flow flow, boolean outbound, int clientPort) {
        if (outbound) {
            addOut(flow);
        } else {
            addIn(flow);
        }
        sessions |= 1L << (mix(clientPort) >>> 58);
        first = Math.min(first, flow.start());
        last = Math.max(last, flow.at());
        if (Flow.EARLIEST.compare(flow, earliest) <= 0) {
            earliest = flow;
            earliestOut = outbound;
        }
    }

    private void addOut(Flow flow) {
        outRecords++;
        if (flow.rejected()) {
            rejectedOut++;
            return;
        }
        String named = flow.targetService();
        if (named != null && (service == null || named.compareTo(service) < 0)) {
            service = named;
        }
        outPackets += flow.packets();
        outBytes += flow.bytes();
        openedOut += DirectionFinder.opens(flow) ? 1 : 0;
        answeredOut += DirectionFinder.holdsAnswer(flow) ? 1 : 0;
    }

    private void addIn(Flow flow) {
        inRecords++;
        if (flow.rejected()) {
            rejectedIn++;
            return;
        }
        inPackets += flow.packets();
        inBytes += flow.bytes();
        openedIn += DirectionFinder.opens(flow) ? 1 : 0;
        answeredIn += DirectionFinder.holdsAnswer(flow) ? 1 : 0;
        resetsIn += flow.tcpFlags() > 0 && (flow.tcpFlags() & RESET) != 0 ? 1 : 0;
    }

    static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ mixed >>> 32;
    }

    /** The peer; {@code ::} where all clients of a served port stand together. */
    public Address remote() {
        return remote;
    }

    /** The peer as text; asked for by several detectors, made once. */
    public String remoteText() {
        if (remoteText == null) {
            remoteText = remote.toString();
        }
        return remoteText;
    }

    /** The AWS service that the log names as the peer, or null. */
    public @Nullable String service() {
        return service;
    }

    /** IANA number of the protocol, or -1. */
    public int protocol() {
        return protocol;
    }

    /** The service's port; 0 for protocols without ports, -1 if not known. */
    public int port() {
        return port;
    }

    /** Whether the service is the host's own; else the peer's. */
    public boolean isServed() {
        return served;
    }

    /** Whether the host opened connections here, as far as flags and ports tell. */
    public boolean isOpenedByHost() {
        return openedOut > 0 || (openedIn == 0 && !served && outRecords > 0);
    }

    /** Whether the peer gave an answer in kind: more than a refusal. */
    public boolean isAnswered() {
        return answeredIn > 0;
    }

    /** Whether the host tried and got nothing but refusals or silence. */
    public boolean isFailed() {
        return isOpenedByHost() && !isAnswered();
    }

    /** Records with a refusal: a reset, or what a security group or network ACL stopped on its way out. */
    public long refusals() {
        return resetsIn + rejectedOut;
    }

    /** Packets that the host sent. */
    public long outPackets() {
        return outPackets;
    }

    /** Packets that came in. */
    public long inPackets() {
        return inPackets;
    }

    /** Bytes that the host sent. */
    public long outBytes() {
        return outBytes;
    }

    /** Bytes that came in. */
    public long inBytes() {
        return inBytes;
    }

    /** Records of what the host sent, refused ones included. */
    public long outRecords() {
        return outRecords;
    }

    /** Records of what came in, refused ones included. */
    public long inRecords() {
        return inRecords;
    }

    /** Records of openings that the host sent and that were let through. */
    public long openedOut() {
        return openedOut;
    }

    /** Records of openings that came in and were let through. */
    public long openedIn() {
        return openedIn;
    }

    /** Records in which the host answered in kind. */
    public long answeredOut() {
        return answeredOut;
    }

    /**
     * Different client ports, about: by linear counting over 64 bits, exact to a few up to a hundred (Whang et al. 1990);
     * 266 stands for more.
     */
    public int sessions() {
        int used = Long.bitCount(sessions);
        double free = Math.max(1, SESSION_BITS - used) / (double) SESSION_BITS;
        return (int) Math.round(-SESSION_BITS * StrictMath.log(free));
    }

    /** Epoch seconds of the first packet. */
    public long first() {
        return first;
    }

    /** Epoch seconds of the last packet. */
    public long last() {
        return last;
    }

    /** The earliest of its records. */
    public Flow sample() {
        return earliest;
    }

    /** Whether {@link #sample} left the host. */
    public boolean isSampleOutbound() {
        return earliestOut;
    }

    void write(Map<Object, Integer> written, JsonGenerator out) throws IOException {
        out.writeNumber(hash);
        out.writeNumber(remoteHigh);
        out.writeNumber(remoteLow);
        out.writeNumber(port);
        out.writeBoolean(served);
        for (long sum : sums()) {
            out.writeNumber(sum);
        }
        out.writeString(service);
        FlowCodec.write(earliest, written, out);
    }

    private long[] sums() {
        return new long[] {
            outRecords,
            inRecords,
            outPackets,
            inPackets,
            outBytes,
            inBytes,
            openedOut,
            openedIn,
            answeredOut,
            answeredIn,
            resetsIn,
            rejectedOut,
            rejectedIn,
            sessions,
            first,
            last,
            earliestOut ? 1 : 0
        };
    }

    /** Reads what {@link #write} wrote; the parser stands at its first number. */
    static Contact read(List<Object> known, JsonParser in) throws IOException {
        long hash = in.getLongValue();
        long remoteHigh = in.nextLongValue(0);
        long remoteLow = in.nextLongValue(0);
        int port = in.nextIntValue(0);
        boolean served = Boolean.TRUE.equals(in.nextBooleanValue());
        long[] sums = new long[17];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.nextLongValue(0);
        }
        String service = in.nextTextValue();
        in.nextToken();
        Contact contact = new Contact(hash, remoteHigh, remoteLow, port, served, FlowCodec.read(known, in));
        contact.restore(sums);
        contact.service = service;
        return contact;
    }

    private void restore(long[] sums) {
        outRecords = sums[0];
        inRecords = sums[1];
        outPackets = sums[2];
        inPackets = sums[3];
        outBytes = sums[4];
        inBytes = sums[5];
        openedOut = sums[6];
        openedIn = sums[7];
        answeredOut = sums[8];
        answeredIn = sums[9];
        resetsIn = sums[10];
        rejectedOut = sums[11];
        rejectedIn = sums[12];
        sessions = sums[13];
        first = sums[14];
        last = sums[15];
        earliestOut = sums[16] == 1;
    }
}
