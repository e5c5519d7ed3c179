package dev.tocsin.server.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.evaluate.Label.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the label forms known, told by content: truth.json, expected.tsv, labels.tsv of either simulator. */
public final class LabelFile {

    private LabelFile() {}

    /**
     * The labels in {@code file}.
     *
     * @throws IOException if it cannot be read or is of no known form
     */
    public static List<Label> read(Path file) throws IOException {
        String text = Files.readString(file);
        if (text.stripLeading().startsWith("{")) {
            return truth(text);
        }
        List<Map<String, String>> rows = rows(text);
        Set<String> columns = rows.isEmpty() ? Set.of() : rows.getFirst().keySet();
        if (columns.contains("file_or_technique")) {
            return rows.stream().map(LabelFile::expected).toList();
        }
        if (columns.contains("session")) {
            return sessions(rows);
        }
        if (columns.contains("eni")) {
            return rows.stream().map(LabelFile::attack).toList();
        }
        throw new IOException(
                file + ": expected truth.json, expected.tsv or a simulator's labels.tsv, found columns " + columns);
    }

    private static List<Map<String, String>> rows(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        String[] names = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], i < cells.length ? cells[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String cell(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }

    private static List<Label> truth(String text) throws IOException {
        Doc truth;
        try (JsonParser in = new JsonFactory().createParser(text)) {
            in.nextToken();
            truth = Doc.read(in);
        }
        List<Label> labels = new ArrayList<>();
        for (Doc incident : docs(truth, "incidents")) {
            List<Doc> expected = docs(incident, "expect");
            List<String> all = expected.stream()
                    .map(expect -> String.valueOf(expect.text("type")))
                    .toList();
            expected.forEach(expect -> labels.add(incident(incident, expect, all)));
        }
        return labels;
    }

    private static Label incident(Doc incident, Doc expect, List<String> also) {
        String type = String.valueOf(expect.text("type"));
        Set<String> resources = new HashSet<>();
        resources.add(String.valueOf(incident.text("instanceId")));
        resources.add(String.valueOf(incident.text("interfaceId")));
        return new Label(
                String.valueOf(incident.text("activity")),
                expectation(String.valueOf(expect.text("certainty"))),
                List.of(type),
                also,
                resources,
                Set.of(),
                "",
                time(incident.text("from"), Long.MIN_VALUE / 2),
                time(incident.text("to"), Long.MAX_VALUE / 2));
    }

    private static List<Doc> docs(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }

    private static Expectation expectation(String text) {
        return switch (text) {
            case "should", "must" -> Expectation.SHOULD;
            case "must-not" -> Expectation.MUST_NOT;
            default -> Expectation.MAY;
        };
    }

    private static Label expected(Map<String, String> row) {
        String type = cell(row, "finding_type");
        String pattern = type.startsWith("any finding")
                ? "*"
                : type.startsWith("any type other than ") ? "!" + type.substring(20) : type.split("[ ,]", 2)[0];
        String source = cell(row, "file_or_technique");
        return new Label(
                source,
                expectation(cell(row, "expectation")),
                List.of(pattern),
                List.of(),
                Set.of(),
                Set.of(),
                source,
                Long.MIN_VALUE / 2,
                Long.MAX_VALUE / 2);
    }

    /** One label a session of the account simulator: its attack records, and the tactics that count as right. */
    private static List<Label> sessions(List<Map<String, String>> rows) {
        Map<String, List<Map<String, String>>> sessions = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> cell(row, "label").startsWith("attack"))
                .forEach(row -> sessions.computeIfAbsent(cell(row, "session"), ignored -> new ArrayList<>())
                        .add(row));
        List<Label> labels = new ArrayList<>();
        sessions.forEach((session, records) -> labels.add(session(session, records)));
        return labels;
    }

    private static Label session(String session, List<Map<String, String>> records) {
        Map<String, String> one = records.stream()
                .filter(record -> cell(record, "label").equals("attack"))
                .findFirst()
                .orElse(records.getFirst());
        Set<String> ids = new HashSet<>();
        Set<String> who = new HashSet<>();
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Map<String, String> record : records) {
            ids.add(cell(record, "eventID"));
            who.add(cell(record, "principalId"));
            from = Math.min(from, time(cell(record, "eventTime"), from));
            to = Math.max(to, time(cell(record, "eventTime"), to));
        }
        return new Label(
                session + " " + cell(one, "technique") + " " + cell(one, "setting"),
                Expectation.SHOULD,
                tactics(one),
                List.of(),
                who,
                ids,
                "",
                from,
                to);
    }

    private static List<String> tactics(Map<String, String> record) {
        List<String> tactics = new ArrayList<>(List.of(cell(record, "tactic")));
        Map<String, String> notes = new HashMap<>();
        for (String note : cell(record, "note").split("[; ]+", -1)) {
            int equal = note.indexOf('=');
            if (equal > 0) {
                notes.put(note.substring(0, equal), note.substring(equal + 1));
            }
        }
        tactics.addAll(List.of(notes.getOrDefault("accept", "").split("[,|]", -1)));
        return tactics.stream()
                .filter(tactic -> !tactic.isEmpty())
                .distinct()
                .map(tactic -> tactic + ":*")
                .toList();
    }

    /**
     * The harmless events in {@code file}, the network simulator's events.tsv.
     *
     * @throws IOException if it cannot be read or has other columns
     */
    public static List<Label> events(Path file) throws IOException {
        List<Map<String, String>> rows = rows(Files.readString(file));
        if (!rows.isEmpty() && !rows.getFirst().containsKey("verdict")) {
            throw new IOException(file + ": expected a simulator's events.tsv, found columns "
                    + rows.getFirst().keySet());
        }
        return rows.stream().map(LabelFile::event).toList();
    }

    private static Label event(Map<String, String> row) {
        return new Label(
                cell(row, "event"),
                switch (cell(row, "verdict")) {
                    case "may" -> Expectation.MAY;
                    case "notice" -> Expectation.NOTICE;
                    default -> Expectation.MUST_NOT;
                },
                Stream.of(cell(row, "types").split(",", -1)).map(LabelFile::own).toList(),
                List.of(),
                Set.copyOf(List.of(cell(row, "resource").split("\\|", -1))),
                Set.of(),
                "",
                time(cell(row, "start"), Long.MIN_VALUE / 2),
                time(cell(row, "end"), Long.MAX_VALUE / 2),
                "",
                cell(row, "cause"));
    }

    private static Label attack(Map<String, String> row) {
        Set<String> resources = new HashSet<>(List.of(cell(row, "resource").split("\\|", -1)));
        resources.add(cell(row, "eni"));
        resources.removeAll(Set.of("", "-"));
        return new Label(
                cell(row, "attack") + " " + cell(row, "difficulty"),
                Expectation.SHOULD,
                List.of(own(cell(row, "type"))),
                Stream.of(cell(row, "also").split("[|, ]+", -1))
                        .map(LabelFile::own)
                        .toList(),
                resources,
                Set.of(),
                "",
                time(cell(row, "start"), Long.MIN_VALUE / 2),
                time(cell(row, "end"), Long.MAX_VALUE / 2),
                cell(row, "difficulty"),
                "");
    }

    /** The name that a type has here which the simulator knows by one of its own. */
    private static String own(String type) {
        return type.equals("Beyond:EC2/Beacon") ? "Backdoor:EC2/Beacon" : type;
    }

    /** An ISO 8601 time or epoch seconds; {@code absent} if empty. */
    private static long time(@Nullable String text, long absent) {
        if (text == null || text.isEmpty()) {
            return absent;
        }
        return text.contains("T") ? Instant.parse(text).getEpochSecond() : (long) Double.parseDouble(text);
    }
}
