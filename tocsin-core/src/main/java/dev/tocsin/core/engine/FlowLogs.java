package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Flow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The flow logs that cover one interface: the one with more fields, then the smaller id, counts; the others do not. Where
 * the poorer one comes first, its flows wait until the other had its time; one that is set up later is heard from its
 * second object on.
 */
final class FlowLogs {

    /** How long a better log may be silent before the next best counts, in seconds. Ours: AWS delivers within 10 min. */
    static final long SILENCE_SECONDS = 3_600;

    /** After an interface's first flow, the time in which a second log may not have been met yet, in seconds. As above. */
    static final long YOUNG_SECONDS = 900;

    /** Fields counted by {@link #fields}: a flow that has them all is of no poorer log. */
    private static final int ALL_FIELDS = 8;

    /** Logs known at once; an interface has at most its own, its subnet's and its VPC's, some twice. */
    static final int MAX_LOGS = 8;

    private static final class Log {
        private final String id;
        private int fields;
        private long last;

        Log(String id, int fields, long last) {
            this.id = id;
            this.fields = fields;
            this.last = last;
        }
    }

    private final List<Log> logs = new ArrayList<>(2);
    private long since = Long.MAX_VALUE;

    /** Notes that {@code id} brought {@code flow}; whether that says something new. */
    boolean see(String id, Flow flow) {
        int fields = fields(flow);
        for (Log log : logs) {
            if (log.id.equals(id)) {
                boolean moved = flow.at() > log.last + SILENCE_SECONDS / 4 || fields > log.fields;
                log.last = moved ? Math.max(log.last, flow.at()) : log.last;
                log.fields = Math.max(log.fields, fields);
                return moved;
            }
        }
        since = Math.min(since, flow.at());
        if (logs.size() < MAX_LOGS) {
            logs.add(new Log(id, fields, flow.at()));
        }
        return true;
    }

    /** Whether records of {@code id} count at {@code at}. */
    boolean counts(String id, long at) {
        Log best = null;
        for (Log log : logs) {
            boolean alive = log.id.equals(id) || log.last + SILENCE_SECONDS >= at;
            if (alive && (best == null || better(log, best))) {
                best = log;
            }
        }
        return best == null || best.id.equals(id);
    }

    /** Whether {@code flow} is of a log with few fields, and of the time in which a better one may only just begin. */
    boolean mayBeBettered(Flow flow) {
        return flow.at() < since + YOUNG_SECONDS && fields(flow) < ALL_FIELDS;
    }

    private static boolean better(Log log, Log than) {
        return log.fields > than.fields || (log.fields == than.fields && log.id.compareTo(than.id) < 0);
    }

    /** How many of the fields that detection uses the record has. */
    private static int fields(Flow flow) {
        int count = flow.instanceId() == null ? 0 : 1;
        count += flow.vpcId() == null ? 0 : 1;
        count += flow.subnetId() == null ? 0 : 1;
        count += flow.tcpFlags() < 0 ? 0 : 1;
        count += flow.sourcePort() < 0 ? 0 : 1;
        count += flow.protocol() < 0 ? 0 : 1;
        count += flow.packets() > 0 ? 1 : 0;
        return count + (flow.direction() == Flow.Direction.UNKNOWN ? 0 : 1);
    }

    static final StateKind<FlowLogs> KIND = new StateKind<>("flowLogs", 2, new StateKind.Codec<>() {
        @Override
        public void write(FlowLogs state, JsonGenerator out) throws IOException {
            out.writeStartArray();
            out.writeNumber(state.since);
            for (Log log : state.logs) {
                out.writeString(log.id);
                out.writeNumber(log.fields);
                out.writeNumber(log.last);
            }
            out.writeEndArray();
        }

        @Override
        public FlowLogs read(JsonParser in, int version) throws IOException {
            FlowLogs state = new FlowLogs();
            in.nextToken();
            state.since = in.nextLongValue(0);
            while (in.nextToken() != JsonToken.END_ARRAY) {
                state.logs.add(new Log(in.getText(), in.nextIntValue(0), in.nextLongValue(0)));
            }
            return state;
        }
    });
}
