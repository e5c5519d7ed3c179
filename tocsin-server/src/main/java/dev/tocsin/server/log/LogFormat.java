package dev.tocsin.server.log;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.report.Plain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** The forms of a log: a line a record in either. What logs and requests brought in is neutralised. */
public enum LogFormat {
    /** For people: time, level, who, message; a stack trace below. */
    TEXT {
        @Override
        String line(LogRecord entry, String message) {
            String line = entry.getInstant() + " " + level(entry) + " " + shortName(entry) + ": " + Plain.text(message)
                    + System.lineSeparator();
            return entry.getThrown() == null ? line : line + trace(entry.getThrown());
        }
    },
    /** For collectors: a JSON object with time, level, logger, message and, of a fault, error. */
    JSON {
        @Override
        String line(LogRecord entry, String message) {
            Throwable thrown = entry.getThrown();
            return new Doc()
                            .with("time", entry.getInstant().toString())
                            .with("level", level(entry))
                            .with("logger", entry.getLoggerName())
                            .with("message", message)
                            .with("error", thrown == null ? null : trace(thrown))
                            .toJson()
                    + "\n";
        }
    };

    abstract String line(LogRecord entry, String message);

    /** Has the process's log written so. */
    public void use() {
        for (Handler handler : LogManager.getLogManager().getLogger("").getHandlers()) {
            handler.setFormatter(formatter());
        }
    }

    Formatter formatter() {
        return new Formatter() {
            @Override
            public String format(LogRecord entry) {
                return line(entry, String.valueOf(formatMessage(entry)));
            }
        };
    }

    private static String level(LogRecord entry) {
        Level level = entry.getLevel();
        return level.intValue() >= Level.SEVERE.intValue()
                ? "ERROR"
                : level.getName().toUpperCase(Locale.ROOT);
    }

    private static String shortName(LogRecord entry) {
        @Nullable String name = entry.getLoggerName();
        return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
