package dev.tocsin.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

final class LogFormatTest {

    private static LogRecord entry(String message) {
        LogRecord entry = new LogRecord(Level.WARNING, message);
        entry.setLoggerName("dev.tocsin.server.publish.Route");
        entry.setInstant(Instant.parse("2026-03-01T12:00:00Z"));
        return entry;
    }

    @Test
    void jsonIsOneObjectALine() throws IOException {
        LogRecord entry = entry("two\nlines \"quoted\"");
        entry.setThrown(new IOException("why"));
        String line = LogFormat.JSON.formatter().format(entry);
        assertEquals(line.length() - 1, line.indexOf('\n'));
        Doc doc = Doc.parse(line);
        assertEquals("2026-03-01T12:00:00Z", doc.text("time"));
        assertEquals("WARNING", doc.text("level"));
        assertEquals("dev.tocsin.server.publish.Route", doc.text("logger"));
        assertEquals("two\nlines \"quoted\"", doc.text("message"));
        assertTrue(String.valueOf(doc.text("error")).contains("java.io.IOException: why"));
    }

    @Test
    void textIsNeutralised() {
        String line = LogFormat.TEXT.formatter().format(entry("name\u001b[31m\nforged"));
        assertTrue(line.startsWith("2026-03-01T12:00:00Z WARNING Route: name"), line);
        assertFalse(line.contains("\u001b"));
        assertEquals(1, line.lines().count());
    }
}
