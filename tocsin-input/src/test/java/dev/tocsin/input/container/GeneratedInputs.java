package dev.tocsin.input.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;

/** Makes the large odd inputs that are not stored; other modules' tests use it too. */
public final class GeneratedInputs {

    private static final String ENVELOPE = "{\"eventVersion\":\"1.11\",\"userIdentity\":{\"type\":\"IAMUser\","
            + "\"arn\":\"arn:aws:iam::111122223333:user/alice\",\"accountId\":\"111122223333\"},"
            + "\"eventTime\":\"2026-03-01T12:00:00Z\",\"eventSource\":\"%s\",\"eventName\":\"%s\","
            + "\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"203.0.113.10\",\"requestParameters\":%s,"
            + "\"responseElements\":null,\"eventID\":\"%s\",\"eventType\":\"AwsApiCall\","
            + "\"recipientAccountId\":\"111122223333\",\"eventCategory\":\"Management\"}";

    private GeneratedInputs() {}

    /** The input that the manifest calls {@code name}. */
    public static byte[] make(String name) throws IOException {
        return switch (name.substring(name.lastIndexOf('/') + 1)) {
            case "nested-10000.json" -> document(call("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
            case "nested-1000000.json.gz" ->
                gzip("{\"Records\":[{\"eventVersion\":\"1.11\",\"requestParameters\":" + "[".repeat(1_000_000));
            case "record-17mb.json.gz" -> gzip(document(call("{\"userData\":\"" + "QUJD".repeat(4_456_448) + "\"}")));
            case "record-21mb.json.gz" -> gzip(document(call("{\"userData\":\"" + "a".repeat(21_000_000) + "\"}")));
            case "gzip-bomb.json.gz" -> bomb();
            case "many-small-members.json.gz" -> members();
            case "lines-1m.log.gz" -> flows();
            case "threat-250001.txt" -> lines(250_001, GeneratedInputs::address);
            case "threat-36mb.txt" -> lines(1_800_000, i -> (address(i) + " ".repeat(19)).substring(0, 19));
            case "line-10mb.txt" -> lines(2, i -> i == 0 ? "x".repeat(10 << 20) : "198.51.100.1");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A record of a call with these request parameters. */
    static String call(String parameters) {
        return ENVELOPE.formatted("ec2.amazonaws.com", "RunInstances", parameters, "odd-one");
    }

    /** The record that must be found behind the odd one. */
    static String canary() {
        return ENVELOPE.formatted("cloudtrail.amazonaws.com", "StopLogging", "{\"name\":\"main-trail\"}", "canary");
    }

    private static byte[] document(String record) {
        return ("{\"Records\":[" + record + "," + canary() + "]}").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(String text) throws IOException {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream zip = new GZIPOutputStream(out)) {
            for (int i = 0; i < 1024; i++) {
                zip.write(blanks);
            }
            zip.write(("{\"Records\":[" + canary() + "]}").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static byte[] members() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 5_000; i++) {
            String record = ENVELOPE.formatted("ec2.amazonaws.com", "DescribeInstances", "null", "event-" + i);
            out.writeBytes(gzip(record + "\n"));
        }
        return out.toByteArray();
    }

    private static byte[] flows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(
                    ("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end"
                                    + " action log-status\n")
                            .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1_000_000; i++) {
                String target = i == 999_999 ? "198.51.100.99" : "192.0.2." + i % 250;
                zip.write(("2 111122223333 eni-0aaaabbbbccccddd0 10.0.1.5 " + target + " " + (1024 + i % 60_000)
                                + " 443 6 12 3456 " + (1_772_366_400 + i / 1000) + " " + (1_772_366_458 + i / 1000)
                                + " ACCEPT OK\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /** A list of so many lines. */
    public static byte[] lines(int count, IntFunction<String> line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line.apply(i)).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The address number {@code i}, all different. */
    public static String address(int i) {
        return "11." + (i >>> 16) + '.' + (i >>> 8 & 255) + '.' + (i & 255);
    }
}
