package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.ProcessEntry;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A busy benign host, recorded by {@code tocsin-it/runtime/record.sh} with {@code benign.sh}; and bounded state. */
final class BusyHostTest {

    @Test
    void anOrdinaryDayMakesNoFinding() throws Exception {
        FakeHost<HostEvent> host = HostCases.host();
        List<HostEvent> events;
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(BusyHostTest.class.getResourceAsStream("/runtime/benign-auditd.log.gz")))) {
            events = HostCases.read("benign", in.readAllBytes());
        }
        assertTrue(events.size() > 3_000, events.size() + " events");
        events.forEach(event -> host.take(event.host().key(), event));
        assertEquals(
                new TreeSet<>(),
                new TreeSet<>(host.signals.stream()
                        .map(signal -> signal.type().name() + " " + signal.facts())
                        .toList()));
    }

    @Test
    void processesBeyondTheCapAreForgottenAndTheRestIsSmall() throws Exception {
        FakeHost<HostEvent> host = HostCases.host();
        HostEvent one = HostCases.events("tetragon").getFirst();
        for (int i = 1; i <= HostState.MOST_PROCESSES + 500; i++) {
            host.take("key", Processes.started(one, i, 1_796_040_000L + i));
        }
        int kept = host.entries(HostState.PROCESSES.name());
        assertTrue(kept <= HostState.MOST_PROCESSES, kept + " kept");
        assertTrue(kept >= HostState.MOST_PROCESSES * 8 / 10, kept + " kept");
        host.saveAndLoad();
        assertTrue(host.bytes < 20L * 1024 * 1024, host.bytes + " bytes for " + kept);
        ProcessEntry newest =
                host.key("key").get(HostState.PROCESSES, Integer.toString(HostState.MOST_PROCESSES + 500));
        assertEquals("/opt/program", Objects.requireNonNull(newest).path());
    }

    @Test
    void aLogThatComesAgainInAnotherObjectIsADuplicate() throws Exception {
        FakeHost<HostEvent> host = HostCases.host();
        HostEvent event = HostCases.events("tracee").getFirst();
        host.take("key", Processes.of(event, "agent-1", 7, "first"));
        host.take("key", Processes.of(event, "agent-1", 7, "first"));
        host.take("key", Processes.of(event, "agent-1", 7, "again"));
        host.take("key", Processes.of(event, "agent-1", 8, "again"));
        assertEquals(1, host.counts.getOrDefault(Output.Count.DUPLICATE, 0));
        List<String> types =
                host.signals.stream().map(Signal::type).map(type -> type.name()).toList();
        assertEquals(3, types.size(), "the same object may go on");
    }
}
