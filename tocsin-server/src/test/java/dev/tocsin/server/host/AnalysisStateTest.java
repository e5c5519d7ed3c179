package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that go on from each other, undisturbed and killed. */
final class AnalysisStateTest {

    private static final String ACCOUNT = "111122223333";

    @TempDir
    private Path folder;

    private final List<SourceObject> objects = objects();

    /** 120 objects, a minute apart; every tenth call is delivered again an hour and a half later. */
    private static List<SourceObject> objects() {
        List<SourceObject> objects = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            long at = Calls.NOON + 60L * i - 300;
            String call = Calls.stop("e" + i, "user" + i % 5, at);
            String again = i >= 90 && i % 10 == 0 ? Calls.stop("e" + (i - 90), "user" + (i - 90) % 5, at - 5400) : call;
            objects.add(Calls.object(Calls.name(i, ACCOUNT), 0, call, again));
        }
        return objects;
    }

    private static List<String> shown(Analysis analysis, boolean all) throws Exception {
        return analysis.findings(all).stream()
                .sorted(Comparator.comparing(FindingState::id))
                .map(finding -> finding.revision() + " " + finding.document().toJson())
                .toList();
    }

    private Analysis.Options options(Store store, long nanosPerCheck) {
        AtomicLong nanos = new AtomicLong();
        return Analysis.Options.threads(2)
                .kept(store, () -> nanos.addAndGet(nanosPerCheck), (bytes, objects, records, findings) -> {});
    }

    /** Runs over {@code some} objects, shows, and marks as shown. */
    private List<String> run(String state, List<SourceObject> some, boolean all) throws Exception {
        try (Store store = Store.open(folder.resolve(state))) {
            Analysis analysis = new Analysis(options(store, StateKeeper.EVERY_NANOS / 7));
            analysis.run(some);
            List<String> shown = shown(analysis, all);
            store.markPrinted();
            return shown;
        }
    }

    private List<String> undisturbed() throws Exception {
        Analysis analysis = new Analysis(options(null, 0));
        analysis.run(objects);
        return shown(analysis, true);
    }

    @Test
    void halvesGiveTheFindingsOfOneRun() throws Exception {
        List<String> whole = undisturbed();
        assertEquals(whole, run("one", objects, true));
        run("halves", objects.subList(0, 60), false);
        assertEquals(whole, run("halves", objects.subList(60, 120), true));
    }

    @Test
    void whatWasReadIsSkippedAndNothingIsShownTwice() throws Exception {
        List<String> first = run("state", objects, false);
        assertEquals(undisturbed(), first);
        try (Store store = Store.open(folder.resolve("state"))) {
            Analysis again = new Analysis(options(store, 0));
            again.run(objects);
            assertEquals(List.of(), shown(again, false));
            assertEquals(first, shown(again, true));
            String ledger = again.ledger().toDoc().toJson();
            assertTrue(ledger.contains("\"status\":\"skipped\",\"accepted\":0"), ledger);
            assertTrue(ledger.contains("\"totals\":{\"accepted\":0,"), ledger);
            assertEquals(0, again.ledger().troubled());
        }
    }

    @Test
    void showsWhatIsNewOrChanged() throws Exception {
        run("state", objects, false);
        SourceObject more = Calls.object(
                Calls.name(121, ACCOUNT),
                0,
                Calls.stop("n1", "user1", Calls.NOON + 7200),
                Calls.stop("n2", "new", Calls.NOON + 7200));
        List<String> shown = run("state", List.of(more), false);
        assertEquals(4, shown.size(), "of each stopping GuardDuty's finding and ours");
    }

    @Test
    void aFindingStartsAfreshNinetyDaysAfterItsLastSignal() throws Exception {
        long day = 86_400;
        assertEquals("1 of 1", life("e1", Calls.NOON));
        assertEquals("2 of 1", life("e2", Calls.NOON + 90 * day));
        assertEquals("1 of 1", life("e3", Calls.NOON + 180 * day + 1));
        assertEquals("2 of 1", life("e4", Calls.NOON + 181 * day), "which goes on");
    }

    /** The count of the one finding of its type after a run over a call at {@code at}, and how many there are. */
    private String life(String eventId, long at) throws Exception {
        try (Store store = Store.open(folder.resolve("life"))) {
            Analysis analysis = new Analysis(options(store, 0));
            analysis.run(List.of(Calls.object(eventId + ".json", at + 60, Calls.stop(eventId, "alice", at))));
            List<FindingState> found = analysis.findings(true).stream()
                    .filter(finding -> finding.type().equals("Stealth:IAMUser/CloudTrailLoggingDisabled"))
                    .toList();
            return found.getFirst().document().part("service").number("count", 0) + " of " + found.size();
        }
    }

    /** The end of a process at any moment: all that its last commit does not hold is lost. */
    private static final class Killed extends RuntimeException {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 59, 119})
    void aKilledRunLosesAndDoublesNothing(int objectsBefore) throws Exception {
        List<String> whole = undisturbed();
        try (Store store = Store.open(folder.resolve("state"))) {
            AtomicLong nanos = new AtomicLong();
            AtomicLong done = new AtomicLong();
            Analysis killed = new Analysis(Analysis.Options.threads(2)
                    .kept(
                            store,
                            () -> nanos.addAndGet(StateKeeper.EVERY_NANOS / 7),
                            (bytes, all, records, findings) -> {
                                if (done.incrementAndGet() == objectsBefore) {
                                    throw new Killed();
                                }
                            }));
            assertThrows(Killed.class, () -> killed.run(objects));
        }
        assertEquals(whole, run("state", objects, false), "also what the killed run had saved and not shown");
    }

    /** Signals once an hour of event time has passed after a call, as a verdict does that waits. */
    private static final class Waiting implements KeyedFunction<ApiCall> {
        private static final StateKind<Doc> CALLS = new StateKind<>("calls", 1, new StateKind.Codec<>() {
            @Override
            public void write(Doc call, JsonGenerator out) throws IOException {
                call.write(out);
            }

            @Override
            public Doc read(JsonParser in, int version) throws IOException {
                in.nextToken();
                return Doc.read(in);
            }
        });

        @Override
        public void onElement(ApiCall call, KeyContext context, Output out) {
            context.put(CALLS, String.valueOf(call.at() + 3600), new Doc().with("id", call.eventId()));
            context.timerAt(call.at() + 3600);
        }

        @Override
        public void onTimer(long at, KeyContext context, Output out) {
            Doc call = context.get(CALLS, String.valueOf(at));
            context.remove(CALLS, String.valueOf(at));
            FindingType type = Detectors.types().get("Policy:IAMUser/RootCredentialUsage");
            String id = String.valueOf(call == null ? null : call.text("id"));
            out.signal(new Signal(
                    type,
                    context.key(),
                    "us-east-1",
                    new Subject.Known(id, new Doc()),
                    "",
                    id,
                    at,
                    at,
                    2,
                    type.role(),
                    new Doc(),
                    new Doc(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    false));
        }
    }

    private List<String> waiting(String state, List<SourceObject> some) throws Exception {
        try (Store store = Store.open(folder.resolve(state))) {
            Functions product = Functions.of(EngineServices.NONE);
            Functions functions = new Functions(
                    new Waiting(), product.networkInterface(), product.names(), product.hosts(), product.desk());
            Analysis analysis = new Analysis(options(store, StateKeeper.EVERY_NANOS / 7), functions);
            analysis.run(some);
            List<String> shown = shown(analysis, false);
            store.markPrinted();
            return shown;
        }
    }

    private static long provisional(List<String> shown) {
        return shown.stream()
                .filter(finding -> finding.contains("\"provisional\":true"))
                .count();
    }

    @Test
    void whatFiresOnlyBecauseTheInputEndedIsProvisionalAndDecidedAnew() throws Exception {
        List<String> first = waiting("state", objects.subList(0, 60));
        assertEquals(60, first.size());
        assertEquals(60, provisional(first), "no hour and a half has passed");
        List<String> second = waiting("state", objects.subList(60, 120));
        assertEquals(30, second.size() - provisional(second), "119 minutes less an hour less 30 minutes' lateness");
        assertEquals(120, second.size(), "each of them once");
        List<String> third = waiting("state", List.of());
        assertEquals(90, third.size(), "what is still open, and no more what was decided");
        assertEquals(90, provisional(third));
    }
}
