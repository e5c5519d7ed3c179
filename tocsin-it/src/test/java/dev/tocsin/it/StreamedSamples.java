package dev.tocsin.it;

import dev.tocsin.core.finding.Doc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The day of samples/ as producers write it to a stream: each object in another of the forms that are usual. */
final class StreamedSamples {

    private StreamedSamples() {}

    /** Records to be sent in this order, oldest first. */
    static List<byte[]> all() throws IOException {
        List<byte[]> records = new ArrayList<>();
        List<Path> samples = ServedLogs.samples();
        for (int i = 0; i < samples.size(); i++) {
            records.addAll(records(samples.get(i), i));
        }
        return records;
    }

    private static List<byte[]> records(Path sample, int number) throws IOException {
        byte[] packed = Files.readAllBytes(sample);
        String text = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
        if (text.startsWith("version ")) {
            return number % 2 == 0 ? List.of(packed) : List.of(utf8(text));
        }
        List<String> alone = Doc.parse(text).get("Records") instanceof List<?> calls
                ? calls.stream().map(call -> ((Doc) call).toJson()).toList()
                : text.lines().toList();
        return switch (number % 4) {
            case 0 -> alone.stream().map(StreamedSamples::utf8).toList();
            case 1 -> List.of(TrailLogs.gzip(subscription(alone)));
            case 2 -> List.of(utf8("{\"data\":\"" + base64(TrailLogs.gzip(subscription(alone))) + "\"}"));
            default -> List.of(packed);
        };
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As CloudWatch Logs writes it to a subscriber. */
    private static String subscription(List<String> messages) {
        List<Doc> events = messages.stream()
                .map(message -> new Doc().with("id", "1").with("timestamp", 1L).with("message", message))
                .toList();
        return new Doc()
                .with("messageType", "DATA_MESSAGE")
                .with("owner", "210987654321")
                .with("logGroup", "logs")
                .with("logStream", "s")
                .with("subscriptionFilters", List.of("all"))
                .with("logEvents", events)
                .toJson();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
