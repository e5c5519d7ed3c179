package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.parse.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The local tools whose lines are read, told by what stands in a line. */
enum Tool {
    /** The kernel's audit log. */
    AUDITD,
    /** Aqua's Tracee. */
    TRACEE,
    /** Cilium's Tetragon. */
    TETRAGON,
    /** Falco's alerts. */
    FALCO,
    /** Results of osquery's tables. */
    OSQUERY;

    /** How far into a line its members are looked for, in bytes. */
    private static final int LOOKED_AT = 8 * 1024;

    /** As headers write it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tool that a header names, one of {@link HostHeader#TOOLS}. */
    static Tool named(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The tool that wrote {@code buffer[from, to)}, or null if it is none of them. */
    static @Nullable Tool of(byte[] buffer, int from, int to) {
        if (to <= from) {
            return null;
        }
        if (buffer[from] != '{') {
            return isAudit(buffer, from, to) ? AUDITD : null;
        }
        String line = new String(buffer, from, Math.min(to - from, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (line.startsWith("{\"eventVersion\"") || line.startsWith("{\"Records\"")) {
            return null;
        }
        if (line.contains("\"exec_id\":") && line.contains("\"process\":")) {
            return TETRAGON;
        }
        if (line.contains("\"hostProcessId\":") && line.contains("\"eventName\":")) {
            return TRACEE;
        }
        if (line.contains("\"rule\":") && line.contains("\"priority\":") && line.contains("\"output_fields\":")) {
            return FALCO;
        }
        boolean results =
                line.contains("\"columns\":") || line.contains("\"snapshot\":") || line.contains("\"diffResults\":");
        return line.contains("\"hostIdentifier\":") && results ? OSQUERY : null;
    }

    private static boolean isAudit(byte[] buffer, int from, int to) {
        if (JsonBytes.startsWith(buffer, from, to, "node=")) {
            int blank = from;
            while (blank < to && buffer[blank] != ' ') {
                blank++;
            }
            return JsonBytes.startsWith(buffer, blank, to, " type=");
        }
        if (!JsonBytes.startsWith(buffer, from, to, "type=")) {
            return false;
        }
        String line = new String(buffer, from, Math.min(to - from, 128), StandardCharsets.ISO_8859_1);
        return line.contains(" msg=audit(");
    }
}
