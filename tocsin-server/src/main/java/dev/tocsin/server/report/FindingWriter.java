package dev.tocsin.server.report;

import java.io.IOException;

/** One form in which findings are written. */
public interface FindingWriter {

    /** Writes {@code report}: its findings in the order given. */
    void write(Report report, Appendable out) throws IOException;

    /** The form called {@code name}: table, jsonl, json, html or csv. */
    static FindingWriter named(String name) {
        return switch (name) {
            case "jsonl" -> new JsonWriter(true);
            case "json" -> new JsonWriter(false);
            case "csv" -> new CsvWriter();
            case "html" -> new HtmlWriter();
            case "table" -> new TableWriter();
            default ->
                throw new IllegalArgumentException("no format '" + name + "'; there are table, jsonl, json, html, csv");
        };
    }
}
