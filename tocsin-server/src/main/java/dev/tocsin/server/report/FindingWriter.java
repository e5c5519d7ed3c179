package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.util.List;

/** One form in which findings are written. */
public interface FindingWriter {

    /** Writes {@code findings}, in the order given. */
    void write(List<FindingState> findings, Appendable out) throws IOException;

    /** The form called {@code name}: table, jsonl, json or csv. */
    static FindingWriter named(String name) {
        return switch (name) {
            case "jsonl" -> new JsonWriter(true);
            case "json" -> new JsonWriter(false);
            case "csv" -> new CsvWriter();
            case "table" -> new TableWriter();
            default ->
                throw new IllegalArgumentException("no format '" + name + "'; there are table, jsonl, json, csv");
        };
    }
}
