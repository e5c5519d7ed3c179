package dev.tocsin.server.inspect;

import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * How an object is packed, told by its first bytes.
 *
 * @param name such as {@code gzip, JSON}
 * @param fields the fields of a flow log's header line; empty for other logs
 */
public record Wrapping(String name, List<String> fields) {

    private static final int LOOK = 16 * 1024;
    private static final int MAGIC = 4;

    /** Where a tar says what it is. */
    private static final int TAR_AT = 257;

    private static final String TAR = "ustar";

    /** An envelope of AWS's and the texts that stand in it. */
    private record Envelope(String name, List<String> marks) {}

    private static final List<Envelope> ENVELOPES = List.of(
            new Envelope("CloudWatch subscription", List.of("\"logEvents\"", "\"messageType\"")),
            new Envelope("SNS message", List.of("\"TopicArn\"", "\"Message\"")),
            new Envelope("SQS message", List.of("\"messageId\"", "\"receiptHandle\"")),
            new Envelope("Kinesis records", List.of("\"kinesis\"", "\"partitionKey\"")),
            new Envelope("Firehose request", List.of("\"requestId\"", "\"records\"", "\"data\"")),
            new Envelope("EventBridge event", List.of("\"detail-type\"", "\"detail\"")));

    /** Looks into {@code object}; an object that cannot be opened is {@code unreadable}. */
    public static Wrapping of(SourceObject object) {
        try (InputStream in = object.opener().open()) {
            byte[] magic = in.readNBytes(MAGIC);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), in);
            if (startsWith(magic, 0x1f, 0x8b)) {
                try (InputStream unpacked = new GZIPInputStream(whole)) {
                    return text("gzip, ", unpacked.readNBytes(LOOK));
                }
            }
            return packed(magic, whole);
        } catch (IOException e) {
            return new Wrapping("unreadable", List.of());
        }
    }

    private static Wrapping packed(byte[] magic, InputStream whole) throws IOException {
        if (startsWith(magic, 'P', 'K', 3, 4)) {
            return new Wrapping("zip", List.of());
        }
        if (startsWith(magic, 'P', 'A', 'R', '1')) {
            return new Wrapping("Parquet", List.of());
        }
        return text("", whole.readNBytes(LOOK));
    }

    private static Wrapping text(String packing, byte[] head) {
        if (head.length > TAR_AT && new String(head, TAR_AT, TAR.length(), StandardCharsets.ISO_8859_1).equals(TAR)) {
            return new Wrapping(packing + "tar", List.of());
        }
        String text = new String(head, StandardCharsets.UTF_8).stripLeading();
        if (text.isEmpty()) {
            return new Wrapping(packing + "empty", List.of());
        }
        if (text.charAt(0) == '{' || text.charAt(0) == '[') {
            return new Wrapping(packing + json(text), List.of());
        }
        String line = text.lines().findFirst().orElse("");
        List<String> words = List.of(line.strip().split("\\s+"));
        boolean header = words.contains("srcaddr") || words.contains("interface-id") || words.contains("log-status");
        return new Wrapping(packing + "text", header ? words : List.of());
    }

    /** The envelope that the first members tell of, else how records stand in the text. */
    private static String json(String text) {
        for (Envelope envelope : ENVELOPES) {
            if (envelope.marks().stream().allMatch(text::contains)) {
                return envelope.name();
            }
        }
        if (text.charAt(0) == '[') {
            return "JSON list";
        }
        List<String> lines = text.lines().limit(2).toList();
        boolean one = lines.getFirst().stripTrailing().endsWith("}");
        return one && lines.size() == 2 && lines.get(1).startsWith("{") ? "JSON lines" : "JSON";
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[i] != (byte) expected[i]) {
                return false;
            }
        }
        return true;
    }
}
