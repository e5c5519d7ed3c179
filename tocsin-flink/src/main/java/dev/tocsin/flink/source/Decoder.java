package dev.tocsin.flink.source;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.flink.Settings;
import dev.tocsin.flink.wire.Batch;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReader;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.input.container.Reason;
import dev.tocsin.input.order.ObjectTimes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads splits into chunks, by the readers that every host uses. */
final class Decoder implements AutoCloseable {

    private static final FieldPlan PLAN = AccountFunction.fieldPlan();

    private final Settings settings;
    private final KafkaLogs kafka = new KafkaLogs();

    Decoder(Settings settings) {
        this.settings = settings;
    }

    /** Takes chunks. */
    @FunctionalInterface
    interface Taker {
        /** Takes {@code chunk}; may wait. */
        void take(Chunk chunk) throws InterruptedException;
    }

    /** Thrown out of a reader that is not wanted any more. */
    private static final class Unwanted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Gives the chunks of {@code split} to {@code taker}; returns it with the clocks of its records. */
    LogSplit decode(LogSplit split, Taker taker) throws InterruptedException {
        LogFile file = split.file();
        LogObject identity = identity(split.index(), file);
        Collector collector = new Collector(split, taker);
        ObjectReport report = null;
        String failure = null;
        try {
            report = read(file, new ParseContext(identity, PLAN, settings.account(), settings.region()), collector);
        } catch (Unwanted e) {
            throw new InterruptedException("the reader is closed");
        } catch (IOException e) {
            failure = "cannot be read: " + Reason.of(e);
        } catch (RuntimeException e) { // the objects behind it are read all the same
            failure = "cannot be read: " + e;
        }
        collector.end(split.part().first() ? row(report, failure) : null);
        return split.decoded(collector.times.clocks(
                Math.min(identity.believedUntil(), split.part().clockUntil())));
    }

    /** The object as events refer to it. */
    static LogObject identity(int index, LogFile file) {
        return file.isSlice()
                ? new LogObject(index, file.name(), null, null, null, file.modifiedAt())
                : ObjectKey.parse(file.name()).object(index, file.name(), file.modifiedAt());
    }

    private ObjectReport read(LogFile file, ParseContext context, RecordSink sink) throws IOException {
        if (file.isSlice()) {
            return ObjectReader.ofThread().readStream(kafka.records(file), null, context, sink);
        }
        try (InputStream in = file.open()) {
            return ObjectReader.ofThread().read(in, file.name(), context, sink);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }

    private static Doc row(@Nullable ObjectReport report, @Nullable String failure) {
        if (report == null) {
            return new Doc()
                    .with("kind", "unknown")
                    .with("status", "refused")
                    .with("accepted", 0)
                    .with("ignored", 0)
                    .with("rejected", 1)
                    .with("bytes", 0)
                    .with("message", failure);
        }
        boolean any = report.accepted() > 0;
        return new Doc()
                .with("kind", report.kind().wireName())
                .with("status", report.status().wireName())
                .with("accepted", report.accepted())
                .with("ignored", report.ignored())
                .with("rejected", report.rejected())
                .with("bytes", report.bytes())
                .with("firstEvent", any ? Times.iso(report.firstEvent()) : null)
                .with("lastEvent", any ? Times.iso(report.lastEvent()) : null)
                .with("message", report.message());
    }

    private static final class Collector implements RecordSink {
        private final LogSplit split;
        private final Taker taker;
        private final ObjectTimes times = new ObjectTimes();
        private List<Event> events = new ArrayList<>();
        private int number;

        Collector(LogSplit split, Taker taker) {
            this.split = split;
            this.taker = taker;
        }

        @Override
        public void accept(Event event) {
            if (!split.part().holds(event.at())) {
                return;
            }
            events.add(event);
            times.add(event);
            if (events.size() >= Chunk.SIZE) {
                try {
                    hand(null, false);
                } catch (InterruptedException e) {
                    throw new Unwanted();
                }
            }
        }

        void end(@Nullable Doc row) throws InterruptedException {
            hand(row, true);
        }

        private void hand(@Nullable Doc row, boolean last) throws InterruptedException {
            if (number >= split.chunks() && !split.given()) {
                taker.take(new Chunk(split.index(), events.size(), Batch.of(0, number, events), row, last));
            }
            number++;
            events = new ArrayList<>();
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}
    }
}
