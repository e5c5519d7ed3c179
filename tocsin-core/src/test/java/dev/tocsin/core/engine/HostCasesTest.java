package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each tool's events make, in the forms that the tools write: a file a tool, a header a case. The host's name says
 * what is expected: {@code expects TYPE, TYPE}, or {@code expects nothing} and the look-alike that it is.
 */
final class HostCasesTest {

    /** Types that fire in the cases, of 46 (issue: at least 40). */
    private static final int FEWEST_TYPES = 40;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"tracee", "tetragon", "falco", "osquery", "auditd"})
    void everyCaseMakesWhatItsNameSays(String tool) throws Exception {
        Map<String, Set<String>> expected = new TreeMap<>();
        Map<String, Set<String>> found = new TreeMap<>();
        FakeHost<HostEvent> host = HostCases.host();
        for (HostEvent event : HostCases.events(tool)) {
            String name = String.valueOf(event.host().hostname());
            expected.computeIfAbsent(name, HostCases::expected);
            int before = host.signals.size();
            host.take(event.host().key(), event);
            Set<String> types = found.computeIfAbsent(name, ignored -> new TreeSet<>());
            List<Signal> fresh = new ArrayList<>(host.signals.subList(before, host.signals.size()));
            fresh.forEach(signal -> types.add(signal.type().name()));
        }
        expected.forEach((name, types) -> assertEquals(types, found.get(name), tool + ": " + name));
        assertTrue(expected.size() > 5, "cases of " + tool);
    }

    @Test
    void nearlyAllTypesFireOnTheFormsOfSomeTool() throws Exception {
        Set<String> all = Detectors.types().values().stream()
                .filter(type -> type.source() == DataSource.RUNTIME)
                .map(FindingType::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(46, all.size(), "the types of Runtime Monitoring");
        Set<String> fired = new TreeSet<>();
        for (String tool : HostCases.TOOLS) {
            fired.addAll(HostCases.fed(tool));
        }
        assertTrue(all.containsAll(fired), "known types");
        assertTrue(fired.size() >= FEWEST_TYPES, fired.size() + " of 46 fire");
    }

    @Test
    void stateThatWasWrittenGoesOn() throws Exception {
        FakeHost<HostEvent> host = HostCases.host();
        FakeHost<HostEvent> interrupted = HostCases.host();
        for (HostEvent event : HostCases.events("auditd")) {
            host.take(event.host().key(), event);
            interrupted.take(event.host().key(), event);
            interrupted.saveAndLoad();
        }
        assertEquals(
                host.signals.stream().map(Signal::recordId).toList(),
                interrupted.signals.stream().map(Signal::recordId).toList());
    }
}
