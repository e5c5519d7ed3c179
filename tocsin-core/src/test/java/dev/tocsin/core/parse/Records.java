package dev.tocsin.core.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Records to read in tests, one a line in {@code records.jsonl}. */
final class Records {

    private Records() {}

    static List<byte[]> all() {
        try (InputStream in = Records.class.getResourceAsStream("records.jsonl")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n"))
                    .filter(line -> !line.isBlank())
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
