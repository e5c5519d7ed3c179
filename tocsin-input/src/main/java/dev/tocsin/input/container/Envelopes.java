package dev.tocsin.input.container;

import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Inflater;

/**
 * Takes what services wrap around records off again, and gives what is inside to its parser: CloudWatch subscriptions,
 * Kinesis and Firehose batches, EventBridge, SNS, SQS, lookup-events. Knows the JSON that is no log of ours by name.
 */
final class Envelopes {

    private static final int DEEPEST_WRAPPING = 8;
    private static final int LARGEST_PAYLOAD = 64 * 1024 * 1024;

    /** What the packed payloads of one object may unpack to in all. */
    private static final long LARGEST_IN_ALL = 1L << 30;

    /** How a resolver query record usually begins. */
    static final String QUERY = "{\"version\":\"1";

    private final CountingSink sink;
    private final ApiCallReader calls;
    private final TextRecords texts;
    private final Notifications notifications;
    private int wrapped;
    private long outer;
    private long unpackedInAll;
    private boolean known;

    Envelopes(CountingSink sink, ApiCallReader calls, TextRecords texts) {
        this.sink = sink;
        this.calls = calls;
        this.texts = texts;
        this.notifications = new Notifications(sink);
    }

    /** Whether a structure was met that is read, even if it holds nothing. */
    boolean known() {
        return known;
    }

    /** A list of records is about to be walked. */
    void list(String name) {
        known = true;
        if (name.equals("Records")) {
            sink.usualKind(ObjectReport.Kind.CLOUDTRAIL);
        }
    }

    void reject(long position, String reason) {
        sink.reject(place(position), reason);
    }

    void note(long position, String text) {
        sink.note(place(position), text);
    }

    void incomplete(long position, String text) {
        sink.incomplete(place(position), text);
    }

    /** The input ends too early; one damage is one rejection, whoever sees it first. */
    void cut(long position, String reason) {
        sink.cut(place(position), reason);
    }

    private long place(long position) {
        return wrapped > 0 ? outer : position;
    }

    /** Reads an ordinary record in place; the place behind it, or -1 if {@link #value} has to. */
    int ordinary(byte[] bytes, int from, int limit, long at) {
        return calls.ordinary(bytes, from, limit, place(at));
    }

    /** Reads one value as a record or what wraps it; false if it was no JSON and is rejected. */
    boolean value(byte[] bytes, int from, int to, long at) throws IOException {
        long position = place(at);
        if (JsonBytes.startsWith(bytes, from, to, "{\"eventVersion\":\"1")) {
            return calls.record(bytes, from, to, position);
        }
        if (bytes[from] == '"') {
            String text = Members.text(bytes, from, to);
            return text != null && payload(text, position);
        }
        if (JsonBytes.startsWith(bytes, from, to, QUERY) && texts.query(bytes, from, to, position)) {
            sink.usualKind(ObjectReport.Kind.DNS);
            return true;
        }
        Members members = Members.of(bytes, from, to);
        if (members == null) {
            sink.reject(position, "record is no JSON object");
            return false;
        }
        return object(members, from, to, position);
    }

    private boolean object(Members members, int from, int to, long position) throws IOException {
        if (notifications.read(members, position)) {
            return true;
        }
        if (String.valueOf(members.text("eventSource")).startsWith("aws:")) {
            return unwrap(members, position);
        }
        if (isCall(members)) {
            return calls.record(members.bytes(), from, to, position);
        }
        String foreign = Foreign.json(members);
        if (foreign != null) {
            sink.ignore(1, foreign);
            return true;
        }
        return query(members, from, to, position) || unwrap(members, position);
    }

    private static boolean isCall(Members members) {
        return members.has("eventVersion")
                || (members.has("eventSource") && members.has("eventName"))
                || (members.has("eventName") && members.has("userIdentity"))
                || (members.has("eventID") && members.has("eventTime"));
    }

    private boolean query(Members members, int from, int to, long position) {
        boolean query = (members.has("query_name") || members.has("query_timestamp"))
                && texts.query(members.bytes(), from, to, position);
        if (query) {
            sink.usualKind(ObjectReport.Kind.DNS);
        }
        return query;
    }

    private boolean unwrap(Members members, long position) throws IOException {
        if (members.has("detail-type")) {
            return eventBridge(members, position);
        }
        for (String name : new String[] {"CloudTrailEvent", "message", "Message", "body", "Body"}) {
            String text = members.text(name);
            if (text != null) {
                return payload(text, position);
            }
        }
        String data = members.text("data");
        if (data != null) {
            return packed(data, position);
        }
        for (String name : new String[] {"kinesis", "awslogs", "Sns"}) {
            Members inner = members.object(name);
            if (inner != null) {
                return unwrap(inner, position);
            }
        }
        if (members.names().isEmpty()) {
            sink.ignore(1, "empty JSON object");
            return true;
        }
        sink.reject(position, "JSON of no known log, with the members " + shown(members));
        return true;
    }

    private boolean eventBridge(Members members, long position) throws IOException {
        int[] detail = members.place("detail");
        Members inner = members.object("detail");
        if (detail != null && inner != null && isCall(inner)) {
            return calls.record(members.bytes(), detail[0], detail[1], position);
        }
        sink.ignore(1, "EventBridge event: " + members.text("detail-type"));
        return true;
    }

    private static String shown(Members members) {
        String names = members.names().stream().limit(6).toList().toString();
        return names.length() <= 120 ? names : names.substring(0, 120);
    }

    /** Base64, mostly of gzip. */
    private boolean packed(String data, long position) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            sink.reject(position, "data is not base64");
            return true;
        }
        return payload(bytes, position);
    }

    private boolean payload(String text, long position) throws IOException {
        return payload(text.getBytes(StandardCharsets.UTF_8), position);
    }

    private boolean payload(byte[] bytes, long position) throws IOException {
        if (wrapped >= DEEPEST_WRAPPING) {
            sink.reject(position, "wrapped more than " + DEEPEST_WRAPPING + " times");
            return true;
        }
        long before = outer;
        outer = position;
        wrapped++;
        try {
            inner(bytes, position);
        } finally {
            wrapped--;
            outer = before;
        }
        return true;
    }

    /** One record of a stream, which stands at {@code position}. */
    void streamed(byte[] bytes, long position) throws IOException {
        payload(bytes, position);
    }

    private void inner(byte[] bytes, long position) throws IOException {
        if (AggregatedRecord.is(bytes)) {
            aggregated(bytes, position);
            return;
        }
        ByteWindow window = ByteWindow.over(bytes, 0, bytes.length);
        if (Gunzip.begins(window)) {
            byte[] unpacked = unpacked(window, bytes.length, position);
            window = ByteWindow.over(unpacked, 0, unpacked.length);
        }
        int first = window.skipBlanks();
        if (first == '{' || first == '[') {
            new JsonWalker(window, this).walk();
        } else if (first >= 0) {
            texts.message(window.bytes(), window.at(), window.limit(), position);
        } else {
            sink.ignore(1, "empty record");
        }
    }

    private void aggregated(byte[] bytes, long position) throws IOException {
        List<byte[]> records = new ArrayList<>();
        try {
            AggregatedRecord.each(bytes, (from, to) -> records.add(Arrays.copyOfRange(bytes, from, to)));
        } catch (IllegalArgumentException e) {
            sink.reject(position, "aggregated by the Kinesis Producer Library, and damaged: " + e.getMessage());
            return;
        }
        for (byte[] one : records) {
            payload(one, position);
        }
    }

    private byte[] unpacked(ByteWindow packed, long size, long position) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            Gunzip gunzip = new Gunzip(packed, inflater, () -> size);
            ByteWindow window = new ByteWindow(8 * 1024);
            window.restart(gunzip);
            window.keep(0);
            long most = Math.min(LARGEST_PAYLOAD, LARGEST_IN_ALL - unpackedInAll);
            while (window.limit() < most && window.fill()) {
                window.moveTo(window.limit());
            }
            unpackedInAll += window.limit();
            String damage = window.limit() < most ? gunzip.damage() : "payload is too large";
            if (damage != null) {
                sink.cut(position, damage);
            }
            return Arrays.copyOf(window.bytes(), window.limit());
        } finally {
            inflater.end();
        }
    }
}
