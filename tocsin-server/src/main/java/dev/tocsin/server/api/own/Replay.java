package dev.tocsin.server.api.own;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.host.Selection;
import dev.tocsin.server.inspect.Entity;
import dev.tocsin.server.inspect.Story;
import dev.tocsin.server.inspect.WhyNot;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question that is answered by reading the logs again, as {@code tocsin explain} does; beside the service's own work. */
final class Replay implements Runnable {

    /** Bytes as stored that are read for one question, at most. */
    static final long MOST_BYTES = 1L << 30;

    private static final int MOST_LINES = 2_000;
    private static final long DAY = 86_400;

    /** Around the time asked for; {@link WhyNot} looks at as much. */
    private static final long AROUND_SECONDS = 60 * 60;

    private final Question question;
    private final Means means;
    private volatile State state = State.READING;
    private volatile @Nullable Doc answer;
    private volatile @Nullable String trouble;
    private volatile Progress progress = new Progress(0, 0, 0, 0, 0);

    /** How far it is. */
    enum State {
        READING,
        DONE,
        FAILED,
        STOPPED
    }

    /**
     * What is asked.
     *
     * @param who an identity, address, host or function
     * @param type why it did not speak; null if all is asked that {@code who} did
     * @param at about when, epoch seconds
     * @param days before that which are read too
     */
    record Question(String who, @Nullable FindingType type, long at, int days) {
        /** What is read. */
        Span span() {
            long from = at - days * DAY;
            return type == null ? new Span(from, from, at) : new Span(from, from, at + AROUND_SECONDS);
        }
    }

    /**
     * What it is answered with.
     *
     * @param sources that can be listed
     * @param notRead sources that cannot
     * @param off features that are switched off
     */
    record Means(
            List<LiveSource.Listed> sources,
            List<String> notRead,
            EngineServices services,
            List<InventoryFact> inventory,
            Set<Feature> off) {}

    private record Progress(long bytes, long bytesDone, int objects, int objectsDone, long records) {}

    Replay(Question question, Means means) {
        this.question = question;
        this.means = means;
    }

    boolean isOver() {
        return state != State.READING;
    }

    @Override
    public void run() {
        try {
            answer = read();
            state = State.DONE;
        } catch (InterruptedException e) {
            state = State.STOPPED;
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            trouble = e.getMessage();
            state = State.FAILED;
        } catch (RuntimeException e) {
            trouble = "The logs could not be read: " + e;
            state = Thread.currentThread().isInterrupted() ? State.STOPPED : State.FAILED;
        }
    }

    private Doc read() throws IOException, InterruptedException {
        Entity who = new Entity(question.who(), means.inventory());
        FindingType type = question.type();
        if (type == null) {
            Story story = new Story(who);
            Analysis analysis = analyse(story::add, null, judged -> {});
            return told(story, story.tell(analysis.findings(true)));
        }
        WhyNot asked = new WhyNot(type, who, question.at(), means.services());
        Analysis analysis = analyse(asked::add, asked::add, asked::add);
        List<Condition> conditions =
                asked.conditions(analysis.findings(true), means.services().intelligence(), means.off());
        return new Doc()
                .with(
                        "conditions",
                        conditions.stream()
                                .map(one -> new Doc()
                                        .with("met", one.met())
                                        .with("text", one.text())
                                        .with("found", one.found()))
                                .toList());
    }

    private Analysis analyse(
            Consumer<List<Event>> watch, @Nullable Consumer<ChainView> chains, Consumer<Judged> judgements)
            throws IOException, InterruptedException {
        Span span = question.span();
        List<SourceObject> objects = new ArrayList<>();
        for (LiveSource.Listed source : means.sources()) {
            objects.addAll(LiveSource.members(source.within(span)));
        }
        long bytes = objects.stream().mapToLong(SourceObject::size).sum();
        if (bytes > MOST_BYTES) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%d MB of logs lie in the time asked, more than the %d that the service reads for a question: ask for fewer days,"
                            + " or run 'tocsin explain' over the logs.",
                    bytes >> 20,
                    MOST_BYTES >> 20));
        }
        progress = new Progress(bytes, 0, objects.size(), 0, 0);
        Analysis analysis = new Analysis(
                new Analysis.Options(
                        1,
                        null,
                        null,
                        new Selection(span, means.off(), Set.of()),
                        means.services(),
                        means.inventory(),
                        null,
                        System::nanoTime,
                        watch,
                        (done, objectsDone, records, findings) ->
                                progress = new Progress(bytes, done, objects.size(), objectsDone, records)),
                chains);
        analysis.judgesTo(judgements);
        analysis.run(objects);
        return analysis;
    }

    private static Doc told(Story story, List<Story.Line> lines) {
        return new Doc()
                .with(
                        "lines",
                        lines.stream().limit(MOST_LINES).map(Replay::line).toList())
                .with("linesLeftOut", Math.max(0, lines.size() - MOST_LINES))
                .with("recordsLeftOut", story.left());
    }

    private static Doc line(Story.Line line) {
        return new Doc()
                .with("at", Times.iso(line.at()))
                .with("count", line.count())
                .with("last", Times.iso(line.last()))
                .with("text", line.text())
                .with("firsts", line.firsts())
                .with("findings", List.copyOf(line.findings()));
    }

    /** What is told of it. */
    Doc toDoc() {
        Progress now = progress;
        FindingType type = question.type();
        return new Doc()
                .with("who", question.who())
                .with("type", type == null ? null : type.name())
                .with("from", Times.iso(question.span().since()))
                .with("until", Times.iso(question.span().until()))
                .with("state", state.name())
                .with("bytes", now.bytes())
                .with("bytesDone", now.bytesDone())
                .with("objects", now.objects())
                .with("objectsDone", now.objectsDone())
                .with("records", now.records())
                .with("notRead", means.notRead())
                .with("message", trouble)
                .with("answer", answer);
    }
}
