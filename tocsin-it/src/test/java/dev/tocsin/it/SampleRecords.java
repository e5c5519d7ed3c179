package dev.tocsin.it;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The records of samples/, by log and time, as AWS's services hand them to Firehose. */
final class SampleRecords {

    private static final Path SAMPLES = Path.of("../samples");

    /** The fields of the samples' flow log. */
    static final String FLOW_FORMAT = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
            + " bytes start end action log-status vpc-id subnet-id instance-id tcp-flags pkt-srcaddr pkt-dstaddr"
            + " flow-direction";

    private static final int FLOW_END = List.of(FLOW_FORMAT.split(" ", -1)).indexOf("end");

    private SampleRecords() {}

    /**
     * The records of {@code log} by slice of time.
     *
     * @param log {@code CloudTrail}, {@code vpcflowlogs} or {@code vpcdnsquerylogs}
     * @param seconds the length of a slice
     */
    static Map<Long, List<byte[]>> slices(String log, long seconds) throws IOException {
        Map<Long, List<byte[]>> slices = new TreeMap<>();
        try (var files = Files.walk(SAMPLES)) {
            List<Path> objects = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + log + "/"))
                    .sorted()
                    .toList();
            for (Path object : objects) {
                add(log, text(object), seconds, slices);
            }
        }
        return slices;
    }

    private static String text(Path object) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(object))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void add(String log, String text, long seconds, Map<Long, List<byte[]>> slices) throws IOException {
        if (log.equals("CloudTrail")) {
            for (Object call : Doc.parse(text).get("Records") instanceof List<?> calls ? calls : List.of()) {
                Doc detail = (Doc) call;
                Doc event = new Doc()
                        .with("version", "0")
                        .with("detail-type", "AWS API Call via CloudTrail")
                        .with("source", "aws.test")
                        .with("detail", detail);
                put(epoch(detail.text("eventTime")), seconds, event.toJson(), slices);
            }
            return;
        }
        for (String line : text.lines().toList()) {
            if (line.startsWith("{")) {
                put(epoch(Doc.parse(line).text("query_timestamp")), seconds, line, slices);
            } else if (!line.startsWith("version")) {
                long end = Long.parseLong(line.split(" ", -1)[FLOW_END]);
                put(end, seconds, new Doc().with("message", line).toJson(), slices);
            }
        }
    }

    private static long epoch(String time) {
        return Instant.parse(time).getEpochSecond();
    }

    private static void put(long at, long seconds, String record, Map<Long, List<byte[]>> slices) {
        slices.computeIfAbsent(at / seconds, slice -> new ArrayList<>()).add(record.getBytes(StandardCharsets.UTF_8));
    }
}
