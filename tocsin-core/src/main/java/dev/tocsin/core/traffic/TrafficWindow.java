package dev.tocsin.core.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.event.Flow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ten minutes of one interface's traffic, by peer and service. Clients of a port that the host serves stand together,
 * except where passwords are asked for; every peer that the host turns to stands for itself.
 */
public final class TrafficWindow {

    /** Length in seconds: the longest aggregation interval of flow logs, so a record lies in one window. */
    public static final long SECONDS = 600;

    /** Peers and services kept of those that the host turned to. Ours: far above every threshold of a scan. */
    static final int MOST_OUTWARD = 256;

    /** Clients kept of the host's own services. Ours. */
    static final int MOST_INWARD = 128;

    /** Records kept of which neither side is known to be the host. Ours: such come before an interface's addresses are told. */
    static final int MOST_SIDELESS = 64;

    /** Services that ask for passwords and are guessed at: SSH, RDP, WinRM over HTTP and HTTPS (IANA). */
    public static final Set<Integer> PASSWORD_PORTS = Set.of(22, 3389, 5985, 5986);

    private final long start;
    private final ContactSet outward = new ContactSet(MOST_OUTWARD);
    private final ContactSet inward = new ContactSet(MOST_INWARD);
    private final List<Flow> sideless = new ArrayList<>();
    private @Nullable TrafficWindow next;

    /** An empty window that begins at {@code start}, epoch seconds. */
    public TrafficWindow(long start) {
        this.start = start;
    }

    /** Adds a record, which left the host if {@code outbound}. */
    public void add(Flow flow, boolean outbound) {
        int local = outbound ? flow.sourcePort() : flow.targetPort();
        int remote = outbound ? flow.targetPort() : flow.sourcePort();
        boolean served = DirectionFinder.isServedByPorts(local, remote);
        int port = served ? local : remote;
        boolean together = served && !PASSWORD_PORTS.contains(port);
        long high = together ? 0 : outbound ? flow.packetTargetHigh() : flow.packetSourceHigh();
        long low = together ? 0 : outbound ? flow.packetTargetLow() : flow.packetSourceLow();
        long hash = hash(high, low, flow.protocol(), port, served);
        ContactSet set = served ? inward : outward;
        Contact contact = set.find(hash);
        if (contact == null) {
            if (!set.admits(hash)) {
                return;
            }
            contact = new Contact(hash, high, low, port, served, flow);
            set.add(contact);
        }
        contact.add(flow, outbound, served ? remote : local);
    }

    /** Keeps a record of which neither side is known yet; the earliest stay. */
    public void addSideless(Flow flow) {
        int place = sideless.size();
        while (place > 0 && Flow.EARLIEST.compare(flow, sideless.get(place - 1)) < 0) {
            place--;
        }
        sideless.add(place, flow);
        if (sideless.size() > MOST_SIDELESS) {
            sideless.removeLast();
        }
    }

    /** Takes the records of {@link #addSideless}, earliest first. */
    public List<Flow> takeSideless() {
        List<Flow> taken = List.copyOf(sideless);
        sideless.clear();
        return taken;
    }

    private static long hash(long high, long low, int protocol, int port, boolean served) {
        long service = (long) port << 16 | (protocol & 0xFFL) << 1 | (served ? 1 : 0);
        return Contact.mix(Contact.mix(Contact.mix(high) ^ low) ^ service) >>> 1;
    }

    /** Epoch seconds at which it begins. */
    public long start() {
        return start;
    }

    /** Peers that the host turned to, one a service, at most {@link #MOST_OUTWARD}, in {@link Contact#ORDER}. */
    public List<Contact> outward() {
        return outward.contacts();
    }

    /** Services of the host that were used, in {@link Contact#ORDER}. */
    public List<Contact> inward() {
        return inward.contacts();
    }

    /** One of its contacts, the same whatever the order of records; null if there is none. */
    public @Nullable Contact any() {
        List<Contact> some = outward();
        List<Contact> others = some.isEmpty() ? inward() : some;
        return others.isEmpty() ? null : others.getFirst();
    }

    /** How many different peers and services the host turned to, those not kept included. */
    public long distinctOutward() {
        return outward.distinct();
    }

    /** Whether {@code contact} was answered in this window or in the one behind it: answers may be logged later. */
    public boolean isAnswered(Contact contact) {
        Contact later = next == null ? null : (contact.isServed() ? next.inward : next.outward).find(contact.hash);
        return contact.isAnswered() || (later != null && later.isAnswered());
    }

    /** Tells the window behind it. */
    public void followedBy(@Nullable TrafficWindow window) {
        next = window;
    }

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        Map<Object, Integer> written = new HashMap<>();
        out.writeStartArray();
        out.writeNumber(start);
        outward.write(written, out);
        inward.write(written, out);
        for (Flow flow : sideless) {
            FlowCodec.write(flow, written, out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static TrafficWindow read(JsonParser in) throws IOException {
        in.nextToken();
        TrafficWindow window = new TrafficWindow(in.nextLongValue(0));
        List<Object> known = new ArrayList<>();
        in.nextToken();
        window.outward.read(known, in);
        in.nextToken();
        window.inward.read(known, in);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            window.sideless.add(FlowCodec.read(known, in));
        }
        return window;
    }
}
