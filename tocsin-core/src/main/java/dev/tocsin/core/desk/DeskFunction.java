package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.io.IOException;

/** The desk of one account: merges signals into findings, the same whatever the order they come in. */
public final class DeskFunction implements KeyedFunction<Signal> {

    /** How long after its last signal a finding's id goes on, in seconds of event time: GuardDuty's 90 days (F29). */
    static final long LIFE_SECONDS = 90L * 24 * 60 * 60;

    /** The findings of an account by id. */
    public static final StateKind<FindingEntry> FINDINGS = new StateKind<>("findings", 1, new StateKind.Codec<>() {
        @Override
        public void write(FindingEntry entry, JsonGenerator out) throws IOException {
            entry.write(out);
        }

        @Override
        public FindingEntry read(JsonParser in, int version) throws IOException {
            return FindingEntry.read(in);
        }
    });

    /** The key of {@code signal}. */
    public static String key(Signal signal) {
        return signal.account();
    }

    @Override
    public void onElement(Signal signal, KeyContext context, Output out) {
        String id = Hash.id(
                signal.type().name(),
                signal.account(),
                signal.region(),
                signal.subject().key(),
                signal.aggregation());
        FindingEntry entry = context.get(FINDINGS, id);
        if (entry == null || entry.last() + LIFE_SECONDS < signal.first()) {
            entry = FindingEntry.started(id, signal);
        }
        entry.add(signal, resource(signal.subject()));
        context.put(FINDINGS, id, entry);
        out.finding(state(entry, signal));
    }

    private static FindingState state(FindingEntry entry, Signal signal) {
        String detector = detectorId(entry.account(), entry.region());
        return new FindingState(
                entry.id(),
                entry.type(),
                entry.account(),
                entry.region(),
                entry.revision(),
                entry.first(),
                entry.last(),
                entry.severity(),
                FindingDocument.export(entry, signal.type(), detector));
    }

    /** The detector that stands for an account and Region where no service has made one. */
    public static String detectorId(String account, String region) {
        return Hash.id("detector", account, region);
    }

    private static Doc resource(Subject subject) {
        return switch (subject) {
            case Subject.Known known -> known.resource();
            case Subject.Interface host -> instance(host.instanceId());
            case Subject.NameClient client -> instance(client.instanceId());
        };
    }

    private static Doc instance(@org.jspecify.annotations.Nullable String instanceId) {
        return new Doc()
                .with("resourceType", "Instance")
                .with("instanceDetails", new Doc().with("instanceId", instanceId == null ? Event.UNKNOWN : instanceId));
    }

    @Override
    public void onTimer(long at, KeyContext context, Output out) {
        // Findings end by comparison with the next signal, not by a timer: an entry is small and keeps its story.
    }
}
