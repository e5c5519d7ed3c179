package dev.tocsin.server.report;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.identity.Judged;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What kinds of records a run met and which fields they lacked: what {@link Coverage} judges by. One thread at a time. */
public final class Seen implements Event.Taker {

    /** The records of one log. */
    static final class Log {
        private long records;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        private void add(long at) {
            records++;
            first = Math.min(first, at);
            last = Math.max(last, at);
        }

        /** Whole days from the first record to the last. */
        long days() {
            return records == 0 ? 0 : (last - first) / (24 * 60 * 60);
        }
    }

    private final Map<DataSource, Log> logs = new EnumMap<>(DataSource.class);
    private final Hosts hosts = new Hosts();
    private final Map<String, Long> nearMisses = new TreeMap<>();
    private long withoutFlags;
    private long withoutPorts;
    private long flowsWithoutInstance;
    private long queriesWithoutInstance;

    /** Takes what came of a call that was held against habits. */
    public void judged(Judged judged) {
        if (judged.isNearMiss()) {
            nearMisses.merge(judged.type(), 1L, Long::sum);
        }
    }

    /** Calls that nearly led to a finding of {@code type}. */
    long nearMisses(FindingType type) {
        return nearMisses.getOrDefault(type.name(), 0L);
    }

    /** As {@link #of} reads it: the counts, not which hosts there were. */
    public Doc toDoc() {
        Doc doc = new Doc()
                .with("withoutFlags", withoutFlags)
                .with("withoutPorts", withoutPorts)
                .with("flowsWithoutInstance", flowsWithoutInstance)
                .with("queriesWithoutInstance", queriesWithoutInstance);
        logs.forEach((source, log) -> doc.with(
                source.name(),
                new Doc().with("records", log.records).with("first", log.first).with("last", log.last)));
        return doc;
    }

    /** What {@link #toDoc} wrote. */
    public static Seen of(Doc doc) {
        Seen seen = new Seen();
        seen.withoutFlags = doc.number("withoutFlags", 0);
        seen.withoutPorts = doc.number("withoutPorts", 0);
        seen.flowsWithoutInstance = doc.number("flowsWithoutInstance", 0);
        seen.queriesWithoutInstance = doc.number("queriesWithoutInstance", 0);
        for (DataSource source : DataSource.values()) {
            if (doc.get(source.name()) instanceof Doc part) {
                Log log = seen.log(source);
                log.records = part.number("records", 0);
                log.first = part.number("first", Long.MAX_VALUE);
                log.last = part.number("last", Long.MIN_VALUE);
            }
        }
        return seen;
    }

    /** Counts {@code events}. */
    public void add(List<Event> events) {
        for (Event event : events) {
            event.giveTo(this);
        }
    }

    /** Counts {@code event}. */
    public void add(Event event) {
        event.giveTo(this);
    }

    @Override
    public void call(ApiCall call) {
        log(call.isS3Data() ? DataSource.S3_DATA : DataSource.CLOUDTRAIL).add(call.at());
    }

    @Override
    public void query(NameQuery query) {
        log(DataSource.DNS).add(query.at());
        queriesWithoutInstance += query.instanceId() == null ? 1 : 0;
        hosts.add(Hosts.name(query.instanceId(), String.valueOf(query.sourceAddress())), query.at());
    }

    @Override
    public void host(HostEvent event) {
        log(DataSource.RUNTIME).add(event.at());
    }

    @Override
    public void flow(Flow flow) {
        log(DataSource.FLOW).add(flow.at());
        boolean tcp = flow.protocol() == Flow.TCP;
        withoutFlags += tcp && flow.tcpFlags() < 0 ? 1 : 0;
        withoutPorts += flow.sourcePort() < 0 || flow.targetPort() < 0 || flow.protocol() < 0 ? 1 : 0;
        flowsWithoutInstance += flow.instanceId() == null ? 1 : 0;
        hosts.add(Hosts.name(flow.instanceId(), flow.interfaceId()), flow.at());
    }

    private Log log(DataSource source) {
        return logs.computeIfAbsent(source, ignored -> new Log());
    }

    /** The hosts of flows and name look-ups. */
    Hosts hosts() {
        return hosts;
    }

    /** Records of {@code source}; functions' flow logs are flow logs. */
    public long records(DataSource source) {
        return of(source).records;
    }

    /** Whole days from the first record of {@code source} to its last. */
    public long days(DataSource source) {
        return of(source).days();
    }

    /** Time of the first record of {@code source}, epoch seconds; {@link Long#MAX_VALUE} without one. */
    long first(DataSource source) {
        return of(source).first;
    }

    /** Time of its last. */
    long last(DataSource source) {
        return of(source).last;
    }

    private Log of(DataSource source) {
        return logs.getOrDefault(
                switch (source) {
                    case LAMBDA_NETWORK -> DataSource.FLOW;
                    case CORRELATION -> DataSource.CLOUDTRAIL; // most of what sequences are made of
                    case CLOUDTRAIL, S3_DATA, FLOW, DNS, RUNTIME -> source;
                },
                new Log());
    }

    /** TCP flows whose format has no tcp-flags. */
    public long withoutFlags() {
        return withoutFlags;
    }

    /** Flows whose format lacks a port or the protocol. */
    public long withoutPorts() {
        return withoutPorts;
    }

    /** Flows whose format has no instance-id. */
    public long flowsWithoutInstance() {
        return flowsWithoutInstance;
    }

    /** Name look-ups without the asking instance. */
    public long queriesWithoutInstance() {
        return queriesWithoutInstance;
    }
}
