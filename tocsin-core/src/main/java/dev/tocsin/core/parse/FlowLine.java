package dev.tocsin.core.parse;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flow of one line in the making; used again for each line, so that a line costs one Flow and nothing else. */
final class FlowLine {

    /** What a line is. */
    enum Status {
        /** A flow. */
        OK,
        /** An idle window. */
        NODATA,
        /** Flows were lost. */
        SKIPDATA
    }

    /** A time as large as this is in milliseconds: in seconds it would be the year 5138. */
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    /** Digits of the largest 64-bit number; a number of as many digits that does not fit turns negative. */
    private static final int LONGEST_NUMBER = 19;

    /** traffic-path: through a gateway endpoint, which leads to services of the own Region alone. */
    private static final String GATEWAY_ENDPOINT = "7";

    private static final int MAX_SHOWN = 64;
    private static final long ABSENT = -1;

    private final ByteNames names = new ByteNames();
    private final Map<String, String> ownRegion = new HashMap<>();
    private final AddressBytes address = new AddressBytes();
    private final ParseContext context;

    private @Nullable String problem;
    private @Nullable String account;
    private @Nullable String region;
    private @Nullable String interfaceId;
    private @Nullable String instanceId;
    private @Nullable String vpcId;
    private @Nullable String subnetId;
    private long start;
    private long end;
    private final long[] high = new long[4];
    private final long[] low = new long[4];
    private final boolean[] present = new boolean[4];
    private final int[] begins = new int[4];
    private final int[] ends = new int[4];
    private int sourcePort;
    private int targetPort;
    private int protocol;
    private long packets;
    private long bytes;
    private int tcpFlags;
    private Flow.Direction direction = Flow.Direction.UNKNOWN;
    private boolean rejected;
    private @Nullable String service;
    private boolean throughGateway;
    private Status status = Status.OK;

    private static final int SOURCE = 0;
    private static final int TARGET = 1;
    private static final int PACKET_SOURCE = 2;
    private static final int PACKET_TARGET = 3;

    FlowLine(ParseContext context) {
        this.context = context;
    }

    /** Forgets the last line. */
    void clear() {
        problem = null;
        account = null;
        region = null;
        interfaceId = null;
        instanceId = null;
        vpcId = null;
        subnetId = null;
        start = ABSENT;
        end = ABSENT;
        present[SOURCE] = false;
        present[TARGET] = false;
        present[PACKET_SOURCE] = false;
        present[PACKET_TARGET] = false;
        sourcePort = -1;
        targetPort = -1;
        protocol = -1;
        packets = 0;
        bytes = 0;
        tcpFlags = -1;
        direction = Flow.Direction.UNKNOWN;
        rejected = false;
        service = null;
        throughGateway = false;
        status = Status.OK;
    }

    /** What was wrong first, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    Status status() {
        return status;
    }

    /** Whether both ends have an address. */
    boolean addressed() {
        return (present[SOURCE] || present[PACKET_SOURCE]) && (present[TARGET] || present[PACKET_TARGET]);
    }

    /** Takes the value of {@code field}, {@code line[from, to)}, which is no dash. */
    void take(FlowField field, byte[] line, int from, int to) {
        switch (field) {
            case ACCOUNT -> account = names.text(line, from, to);
            case INTERFACE -> interfaceId = names.text(line, from, to);
            case INSTANCE -> instanceId = names.text(line, from, to);
            case VPC -> vpcId = names.text(line, from, to);
            case SUBNET -> subnetId = names.text(line, from, to);
            case REGION -> region = names.text(line, from, to);
            case SOURCE -> address(SOURCE, field, line, from, to);
            case TARGET -> address(TARGET, field, line, from, to);
            case PACKET_SOURCE -> packetAddress(PACKET_SOURCE, SOURCE, field, line, from, to);
            case PACKET_TARGET -> packetAddress(PACKET_TARGET, TARGET, field, line, from, to);
            case SOURCE_PORT -> sourcePort = (int) number(field, 65_535, line, from, to);
            case TARGET_PORT -> targetPort = (int) number(field, 65_535, line, from, to);
            case PROTOCOL -> protocol = (int) number(field, 255, line, from, to);
            case TCP_FLAGS -> tcpFlags = (int) number(field, 255, line, from, to);
            case PACKETS -> packets = number(field, Long.MAX_VALUE, line, from, to);
            case BYTES -> bytes = number(field, Long.MAX_VALUE, line, from, to);
            case START -> start = number(field, Long.MAX_VALUE, line, from, to);
            case END -> end = number(field, Long.MAX_VALUE, line, from, to);
            case ACTION -> rejected = either("REJECT", "ACCEPT", field, line, from, to);
            case DIRECTION ->
                direction = either("ingress", "egress", field, line, from, to)
                        ? Flow.Direction.INGRESS
                        : Flow.Direction.EGRESS;
            case TARGET_SERVICE -> service = names.text(line, from, to);
            case PATH -> throughGateway = same(GATEWAY_ENDPOINT, line, from, to);
            case STATUS -> status(line, from, to);
            case VERSION -> number(field, 255, line, from, to);
            case TYPE, TRANSIT_GATEWAY, OTHER -> {}
        }
    }

    private void address(int index, FlowField field, byte[] line, int from, int to) {
        if (!address.read(line, from, to)) {
            expected(field, "an IP address", line, from, to);
            return;
        }
        high[index] = address.high();
        low[index] = address.low();
        begins[index] = from;
        ends[index] = to;
        present[index] = true;
    }

    /** A packet-level address: nearly always spelt as the interface's view of it, which then need not be read again. */
    private void packetAddress(int index, int twin, FlowField field, byte[] line, int from, int to) {
        boolean same = present[twin] && Arrays.equals(line, from, to, line, begins[twin], ends[twin]);
        if (!same) {
            address(index, field, line, from, to);
            return;
        }
        high[index] = high[twin];
        low[index] = low[twin];
        present[index] = true;
    }

    /** A whole number up to {@code most}, exact; anything else is a problem. */
    private long number(FlowField field, long most, byte[] line, int from, int to) {
        long value = 0;
        int at = to - from > LONGEST_NUMBER ? to : from;
        for (; at < to; at++) {
            int digit = line[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        if (at == to && to - from <= LONGEST_NUMBER && value >= 0 && value <= most) {
            return value;
        }
        expected(field, "a whole number from 0 to " + most, line, from, to);
        return ABSENT;
    }

    private boolean either(String yes, String no, FlowField field, byte[] line, int from, int to) {
        if (same(yes, line, from, to)) {
            return true;
        }
        if (!same(no, line, from, to)) {
            expected(field, no + " or " + yes, line, from, to);
        }
        return false;
    }

    private void status(byte[] line, int from, int to) {
        if (same("OK", line, from, to)) {
            return;
        }
        if (same("NODATA", line, from, to)) {
            status = Status.NODATA;
        } else if (same("SKIPDATA", line, from, to)) {
            status = Status.SKIPDATA;
        } else {
            expected(FlowField.STATUS, "OK, NODATA or SKIPDATA", line, from, to);
        }
    }

    private static boolean same(String word, byte[] line, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (line[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void expected(FlowField field, String what, byte[] line, int from, int to) {
        if (problem == null) {
            problem = field.header() + ": expected " + what + ", found " + shown(line, from, to);
        }
    }

    /** A part of a line as messages show it: cut, without control characters. */
    static String shown(byte[] line, int from, int to) {
        String text = new String(line, from, Math.min(to - from, MAX_SHOWN), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", " ") + (to - from > MAX_SHOWN ? "…" : "");
    }

    /** Makes times of what the line says; whether there is one. */
    boolean timed(long lineTime) {
        start = seconds(start);
        end = seconds(end);
        if (end == ABSENT) {
            end = start != ABSENT ? start : lineTime;
        }
        if (start == ABSENT) {
            start = end;
        }
        if (end == ABSENT && problem == null) {
            problem = "expected a time from 2006 on, found none";
        }
        return end != ABSENT;
    }

    /** Whether the window ends before it starts. */
    boolean backwards() {
        return end < start;
    }

    private static long seconds(long time) {
        long seconds = time >= MILLISECONDS_FROM ? time / 1000 : time;
        return seconds < ParseLimits.EARLIEST_TIME || seconds >= MILLISECONDS_FROM ? ABSENT : seconds;
    }

    /** The flow; only without {@link #problem}, {@link #addressed} and {@link #timed}. */
    Flow flow(Origin origin, boolean instanceKnown, long hash) {
        int source = present[SOURCE] ? SOURCE : PACKET_SOURCE;
        int target = present[TARGET] ? TARGET : PACKET_TARGET;
        int packetSource = present[PACKET_SOURCE] ? PACKET_SOURCE : SOURCE;
        int packetTarget = present[PACKET_TARGET] ? PACKET_TARGET : TARGET;
        return new Flow(
                origin,
                account == null || account.equals("unknown") ? context.account() : account,
                region == null ? context.region() : region,
                interfaceId == null ? "-" : interfaceId,
                instanceId == null && instanceKnown ? "-" : instanceId,
                vpcId,
                subnetId,
                Math.min(start, end),
                Math.max(start, end),
                high[source],
                low[source],
                high[target],
                low[target],
                high[packetSource],
                low[packetSource],
                high[packetTarget],
                low[packetTarget],
                sourcePort,
                targetPort,
                protocol,
                packets,
                bytes,
                tcpFlags,
                direction,
                rejected,
                peerService(),
                hash);
    }

    /** A gateway endpoint leads to the own Region; of other paths the log does not say whither. */
    private @Nullable String peerService() {
        return service == null || !throughGateway
                ? service
                : ownRegion.computeIfAbsent(service, name -> name + Flow.OF_OWN_REGION);
    }
}
