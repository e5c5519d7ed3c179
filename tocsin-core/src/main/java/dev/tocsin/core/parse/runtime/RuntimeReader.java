package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a host log: a header, then lines as the local tool wrote them. Without a header the tool is told by the line's
 * content, and the host by the object's name, {@code AWSLogs/ACCOUNT/RuntimeLogs/REGION/INSTANCE/...}.
 */
public final class RuntimeReader {

    /** The folder in whose name account, Region and host stand, where a log has no header. */
    private static final Pattern FOLDER = Pattern.compile("RuntimeLogs/([^/]+)/([^/]+)/");

    private static final String NO_HOST = "host event without a host: begin the file with a line " + HostHeader.MARK
            + "{\"version\":1,\"accountId\":\"123456789012\",\"region\":\"eu-west-1\",\"instanceId\":\"i-...\",\"tool\":"
            + "\"auditd\"}, or put it into a folder AWSLogs/ACCOUNT/RuntimeLogs/REGION/INSTANCE/";

    private final ParseContext context;
    private final RecordSink sink;
    private final Map<Tool, ToolReader> readers = new EnumMap<>(Tool.class);
    private @Nullable Host host;
    private boolean refused;

    /** A reader of one object. */
    public RuntimeReader(ParseContext context, RecordSink sink) {
        this.context = context;
        this.sink = sink;
    }

    /** Whether {@code buffer[from, to)} is a host log's first line. */
    public static boolean recognises(byte[] buffer, int from, int to) {
        return HostHeader.begins(buffer, from, to) || Tool.of(buffer, from, to) != null;
    }

    /** Reads one line, {@code buffer[from, to)} without its line feed. */
    public void line(byte[] buffer, int from, int to, long number) {
        if (HostHeader.begins(buffer, from, to)) {
            header(buffer, from, to, number);
            return;
        }
        if (refused) {
            sink.ignore(1, "line behind a refused header");
            return;
        }
        Host of = host == null ? named(Tool.of(buffer, from, to)) : host;
        if (of == null) {
            sink.reject(number, NO_HOST);
            return;
        }
        host = of;
        reader(Tool.named(of.tool())).line(buffer, from, to, number, of);
    }

    private ToolReader reader(Tool tool) {
        return readers.computeIfAbsent(tool, ignored -> switch (tool) {
            case AUDITD -> new AuditReader(context.object(), sink);
            case TRACEE -> new JsonLines(context.object(), sink, new TraceeForm());
            case TETRAGON -> new JsonLines(context.object(), sink, new TetragonForm());
            case FALCO -> new JsonLines(context.object(), sink, new FalcoForm());
            case OSQUERY -> new JsonLines(context.object(), sink, new OsqueryForm());
        });
    }

    /** No line follows. */
    public void end() {
        readers.values().forEach(ToolReader::end);
    }

    private void header(byte[] buffer, int from, int to, long number) {
        try {
            host = HostHeader.parse(new String(buffer, from, to - from, StandardCharsets.UTF_8))
                    .host();
            refused = false;
        } catch (IOException e) {
            refused = true;
            sink.reject(number, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Host named(@Nullable Tool tool) {
        Matcher folder = FOLDER.matcher(context.object().source().replace('\\', '/'));
        if (tool == null || !folder.find() || !Event.known(context.account())) {
            return null;
        }
        return Host.of(context.account(), folder.group(1), folder.group(2), tool.wireName());
    }
}
