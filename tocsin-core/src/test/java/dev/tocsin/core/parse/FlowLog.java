package dev.tocsin.core.parse;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A flow log read whole, for tests: its flows, and what was ignored, rejected and noted. */
public final class FlowLog implements RecordSink {

    /** The flows. */
    public final List<Flow> flows = new ArrayList<>();

    /** Reasons for what was ignored, one a record. */
    public final List<String> ignored = new ArrayList<>();

    /** {@code line: reason} of what was rejected. */
    public final List<String> rejected = new ArrayList<>();

    /** {@code line: text} of what was noted. */
    public final List<String> notes = new ArrayList<>();

    @Override
    public void accept(Event event) {
        flows.add((Flow) event);
    }

    @Override
    public void ignore(long count, String reason) {
        for (long i = 0; i < count; i++) {
            ignored.add(reason);
        }
    }

    @Override
    public void reject(long position, String reason) {
        rejected.add(position + ": " + reason);
    }

    @Override
    public void note(long position, String text) {
        notes.add(position + ": " + text);
    }

    /** Reads {@code text}. */
    public static FlowLog of(String text) {
        return of(LogObject.named("test.log"), null, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the lines of {@code bytes}, as part of {@code object}, of a source whose format is set to {@code format}. */
    public static FlowLog of(LogObject object, String format, byte[] bytes) {
        FlowLog log = new FlowLog();
        ParseContext context = new ParseContext(object, FieldPlan.NONE, null, null);
        FlowReader reader = new FlowReader(context, log, format);
        int from = 0;
        long number = 1;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                reader.line(bytes, from, i, number++);
                from = i + 1;
            }
        }
        return log;
    }

    /** The bytes of a file, unpacked. */
    public static byte[] bytes(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(2);
            int magic = in.read() << 8 | in.read();
            in.reset();
            return (magic == 0x1F8B ? new GZIPInputStream(in) : in).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
