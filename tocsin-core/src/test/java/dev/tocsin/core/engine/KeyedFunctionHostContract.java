package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.LogObject;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What every host of the engine keeps. A host's test extends this class, runs a function over a script of steps, and
 * hands back what the function said.
 */
public abstract class KeyedFunctionHostContract {

    /** One step of a script. */
    public sealed interface Step {}

    /**
     * An element for a key.
     *
     * @param key the key
     * @param text the element
     */
    public record Element(String key, String text) implements Step {}

    /**
     * The watermark is said to stand at {@code at}.
     *
     * @param at event time, epoch seconds; may be lower than before
     */
    public record Time(long at) implements Step {}

    /** The host saves all it holds and ends; another one goes on from what was saved. */
    public record Restart() implements Step {}

    /** A text that can be changed without being put. */
    private static final class Text {
        private String value;

        private Text(String value) {
            this.value = value;
        }
    }

    private static final StateKind<Text> TEXTS = kind("texts", 3);
    private static final StateKind<Text> OTHERS = kind("others", 1);

    private static StateKind<Text> kind(String name, int version) {
        return new StateKind<>(name, version, new StateKind.Codec<>() {
            @Override
            public void write(Text text, JsonGenerator out) throws IOException {
                out.writeString(text.value);
            }

            @Override
            public Text read(JsonParser in, int written) throws IOException {
                assertEquals(version, written, "the version it was written in");
                in.nextToken();
                return new Text(in.getText());
            }
        });
    }

    /** What a function under test does with an element or timer; {@code say} records a line. */
    private interface Body<I> {
        void take(I input, KeyContext context, Consumer<String> say);
    }

    private record Function(Body<String> body, Body<Long> timers) implements KeyedFunction<String> {
        @Override
        public void onElement(String text, KeyContext context, Output out) {
            body.take(text, context, line -> out.count(LogObject.named(line), Output.Count.LATE));
        }

        @Override
        public void onTimer(long at, KeyContext context, Output out) {
            timers.take(at, context, line -> out.count(LogObject.named(line), Output.Count.LATE));
        }
    }

    /**
     * Runs {@code function} over {@code steps}, then lets time run out (a watermark of {@link Long#MAX_VALUE}). The
     * lines it says stand in {@code object.source()} of {@link Output#count}.
     *
     * @return the lines, in the order they were said
     * @throws Exception if the host cannot run
     */
    protected abstract List<String> run(KeyedFunction<String> function, List<Step> steps) throws Exception;

    /** Whether the host knows {@link Restart}; one that does not passes over it. */
    protected boolean restarts() {
        return true;
    }

    /** Whether a change of an entry that is not put is forgotten at the latest with a {@link Restart}. */
    protected boolean forgetsChanges() {
        return true;
    }

    private List<String> said(Body<String> body, Step... steps) throws Exception {
        return run(new Function(body, (at, context, say) -> {}), List.of(steps));
    }

    private List<String> timed(Body<String> body, Body<Long> timers, Step... steps) throws Exception {
        return run(new Function(body, timers), List.of(steps));
    }

    private static String show(KeyContext context, StateKind<Text> kind, String name) {
        Text text = context.get(kind, name);
        return text == null ? "nothing" : text.value;
    }

    private static Element element(String text) {
        return new Element("k", text);
    }

    /** {@code get a}, {@code put a 1}, {@code remove a}, {@code change a 1} (without putting), {@code all}. */
    private static void state(String command, KeyContext context, Consumer<String> say) {
        String[] words = command.split(" ", -1);
        switch (words[0]) {
            case "get" -> say.accept(show(context, TEXTS, words[1]));
            case "put" -> context.put(TEXTS, words[1], new Text(words[2]));
            case "other" -> context.put(OTHERS, words[1], new Text(words[2]));
            case "remove" -> context.remove(TEXTS, words[1]);
            case "change" -> context.get(TEXTS, words[1]).value = words[2];
            case "all" -> context.forEach(TEXTS, (name, text) -> say.accept(name + "=" + text.value));
            default -> throw new IllegalArgumentException(command);
        }
    }

    private List<String> commands(String... commands) throws Exception {
        Step[] steps = new Step[commands.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = commands[i].equals("restart") ? new Restart() : element(commands[i]);
        }
        return said(KeyedFunctionHostContract::state, steps);
    }

    @Test
    final void anEntryThatWasPutIsThere() throws Exception {
        assertEquals(List.of("nothing", "1", "2"), commands("get a", "put a 1", "get a", "put a 2", "get a"));
    }

    @Test
    final void anEntryThatWasRemovedIsGone() throws Exception {
        assertEquals(List.of("nothing"), commands("put a 1", "remove a", "get a", "remove a", "remove never"));
    }

    @Test
    final void kindsDoNotMix() throws Exception {
        assertEquals(List.of("nothing", "1"), commands("other a 2", "get a", "put a 1", "other a 3", "get a"));
    }

    @Test
    final void aChangeCountsOnlyOnceItIsPut() throws Exception {
        assumeTrue(forgetsChanges());
        assertEquals(List.of("1"), commands("put a 1", "restart", "change a 2", "restart", "get a"));
    }

    @Test
    final void entriesAreShownInTheOrderOfNames() throws Exception {
        assertEquals(
                List.of("a=1", "b=2", "c=3"),
                commands("put c 3", "put a 1", "other aa 0", "put d 4", "put b 2", "remove d", "all"));
    }

    @Test
    final void entriesOutliveTheHost() throws Exception {
        assumeTrue(restarts());
        assertEquals(
                List.of("1", "nothing", "a=1", "c=4"),
                commands(
                        "put a 1",
                        "put b 2",
                        "put c 3",
                        "restart",
                        "get a",
                        "remove b",
                        "put c 4",
                        "restart",
                        "get b",
                        "all"));
    }

    @Test
    final void keysAreIsolated() throws Exception {
        List<String> lines = said(
                (text, context, say) -> {
                    say.accept(context.key() + " had " + show(context, TEXTS, "a"));
                    context.put(TEXTS, "a", new Text(text));
                },
                new Element("k", "1"),
                new Element("l", "2"),
                new Element("k", "3"),
                new Element("l", "4"));
        assertEquals(
                List.of("k had 1", "k had nothing", "l had 2", "l had nothing"),
                lines.stream().sorted().toList());
    }

    @Test
    final void elementsOfAKeyComeInTheirOrder() throws Exception {
        Step[] steps = new Step[100];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = element(String.valueOf(i));
        }
        List<String> lines = said((text, context, say) -> say.accept(text), steps);
        for (int i = 0; i < steps.length; i++) {
            assertEquals(String.valueOf(i), lines.get(i));
        }
    }

    /** Sets timers at the times that the element names; {@code ?} says where the watermark stands. */
    private static void timers(String text, KeyContext context, Consumer<String> say) {
        for (String word : text.split(" ", -1)) {
            if (word.equals("?")) {
                say.accept("watermark " + context.watermark());
            } else {
                context.timerAt(Long.parseLong(word));
            }
        }
    }

    private List<String> timers(Step... steps) throws Exception {
        return timed(
                KeyedFunctionHostContract::timers,
                (at, context, say) -> say.accept(context.key() + " at " + at + ", watermark " + context.watermark()),
                steps);
    }

    @Test
    final void aTimerWaitsForTheWatermark() throws Exception {
        assertEquals(
                List.of("watermark 99", "k at 100, watermark 100"),
                timers(element("100"), new Time(99), element("?"), new Time(100), new Time(101)));
    }

    @Test
    final void theSameTimeTwiceIsOnce() throws Exception {
        assertEquals(List.of("k at 100, watermark 100"), timers(element("100"), element("100 100"), new Time(100)));
    }

    @Test
    final void aTimerMayBeSetAnewOnceItWasCalled() throws Exception {
        assertEquals(
                List.of("k at 100, watermark 100", "k at 100, watermark 200"),
                timers(element("100"), new Time(100), element("100"), new Time(200)));
    }

    @Test
    final void earlierTimersComeFirst() throws Exception {
        assertEquals(
                List.of("k at -5, watermark 300", "k at 100, watermark 300", "k at 200, watermark 300"),
                timers(element("200"), element("-5"), element("100"), new Time(300)));
    }

    @Test
    final void eachKeyHasTimersOfItsOwn() throws Exception {
        assertEquals(
                List.of("k at 100, watermark 100", "l at 100, watermark 100"),
                timers(element("100"), new Element("l", "100"), new Time(100)).stream()
                        .sorted()
                        .toList());
    }

    @Test
    final void aTimerThatIsBehindIsCalledWhenTheWatermarkNextMoves() throws Exception {
        assertEquals(
                List.of("watermark 100", "k at 50, watermark 101"),
                timers(new Time(100), element("50"), element("?"), new Time(101)));
    }

    @Test
    final void aTimerMaySetTimers() throws Exception {
        List<String> lines = timed(
                KeyedFunctionHostContract::timers,
                (at, context, say) -> {
                    say.accept("at " + at);
                    if (at == 10) {
                        context.timerAt(30);
                        context.timerAt(5);
                    }
                    if (at == 30) {
                        context.timerAt(1_000);
                    }
                },
                element("10 20"),
                new Time(100));
        assertEquals(List.of("at 10", "at 5", "at 20", "at 30", "at 1000"), lines);
    }

    @Test
    final void aTimerSeesAndChangesTheStateOfItsKey() throws Exception {
        List<String> lines = timed(
                KeyedFunctionHostContract::state,
                (at, context, say) -> {},
                element("put a 1"),
                new Time(5),
                element("get a"));
        assertEquals(List.of("1"), lines);
        lines = timed(
                (text, context, say) -> {
                    context.put(TEXTS, "a", new Text(text));
                    context.timerAt(Long.parseLong(text));
                },
                (at, context, say) -> {
                    say.accept(context.key() + " " + show(context, TEXTS, "a"));
                    context.remove(TEXTS, "a");
                    context.put(OTHERS, "a", new Text("x"));
                },
                new Element("k", "10"),
                new Element("l", "20"),
                new Time(30));
        assertEquals(List.of("k 10", "l 20"), lines);
    }

    @Test
    final void theWatermarkStandsAtTheLeastBeforeTime() throws Exception {
        assertEquals(List.of("watermark " + Long.MIN_VALUE), timers(element("?")));
    }

    @Test
    final void theWatermarkNeverFalls() throws Exception {
        assertEquals(List.of("watermark 100"), timers(new Time(100), new Time(50), element("?")));
    }

    @Test
    final void timeRunsOutAtTheEnd() throws Exception {
        assertEquals(List.of("k at 100, watermark " + Long.MAX_VALUE), timers(element("100"), new Time(99)));
    }

    @Test
    final void timersOutliveTheHost() throws Exception {
        assumeTrue(restarts());
        assertEquals(
                List.of("k at 10, watermark 10", "watermark 10", "k at 20, watermark 20", "k at 30, watermark 30"),
                timers(
                        element("10 20"),
                        new Time(10),
                        new Restart(),
                        element("? 20 30"),
                        new Restart(),
                        new Time(20),
                        new Restart(),
                        new Time(30)));
    }
}
