package dev.tocsin.input.container;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.parse.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages that name objects: S3 events (whose keys are form-encoded), CloudTrail's own notice and EventBridge
 * (whose keys stand as they are). The keys are counted, shown and passed on; nothing is fetched here.
 */
final class Notifications {

    private static final int KEYS_SHOWN = 20;

    private final CountingSink sink;
    private int shown;

    Notifications(CountingSink sink) {
        this.sink = sink;
    }

    /** Counts the message if it is one; false if it is something else. */
    boolean read(Members members, long position) throws IOException {
        Members s3 = members.object("s3");
        if (s3 != null && String.valueOf(members.text("eventSource")).endsWith("aws:s3")) {
            created(s3, String.valueOf(members.text("eventName")), position);
            return true;
        }
        if ("s3:TestEvent".equals(members.text("Event"))) {
            ignore("test event of S3");
            return true;
        }
        if ("SubscriptionConfirmation".equals(members.text("Type"))) {
            ignore("subscription confirmation of SNS");
            return true;
        }
        if (members.has("s3ObjectKey") && members.has("s3Bucket")) {
            trail(members, position);
            return true;
        }
        return "aws.s3".equals(members.text("source")) && bridge(members);
    }

    private void created(Members s3, String event, long position) {
        if (!event.startsWith("ObjectCreated:") && !event.startsWith("s3:ObjectCreated:")) {
            ignore("S3 event " + event);
            return;
        }
        Members object = s3.object("object");
        String key = object == null ? null : object.text("key");
        if (key == null) {
            sink.kind(ObjectReport.Kind.NOTIFICATION);
            sink.reject(position, "S3 event without an object key");
            return;
        }
        accept(bucket(s3), decoded(key), position);
    }

    private boolean bridge(Members members) {
        String type = members.text("detail-type");
        Members detail = members.object("detail");
        Members object = detail == null ? null : detail.object("object");
        if (type == null || detail == null || object == null) {
            return false;
        }
        String key = object.text("key");
        if (!type.equals("Object Created") || key == null) {
            ignore("S3 event " + type);
        } else {
            accept(bucket(detail), key, 0);
        }
        return true;
    }

    private void trail(Members members, long position) throws IOException {
        String bucket = members.text("s3Bucket");
        List<String> keys = texts(members);
        if (keys.isEmpty()) {
            sink.reject(position, "notice of CloudTrail without object keys");
        }
        keys.forEach(key -> accept(bucket, key, position));
    }

    private static List<String> texts(Members members) throws IOException {
        List<String> texts = new ArrayList<>();
        int[] place = members.place("s3ObjectKey");
        if (place == null) {
            return texts;
        }
        try (JsonParser json = Json.parser(members.bytes(), place[0], place[1])) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    texts.add(json.getText());
                }
            }
        }
        return texts;
    }

    private static @Nullable String bucket(Members parent) {
        Members bucket = parent.object("bucket");
        return bucket == null ? null : bucket.text("name");
    }

    private void accept(@Nullable String bucket, String key, long position) {
        sink.kind(ObjectReport.Kind.NOTIFICATION);
        if (bucket == null || bucket.isEmpty()) {
            sink.reject(position, "object key without a bucket");
            return;
        }
        sink.names(bucket, key);
        if (shown < KEYS_SHOWN) {
            sink.say("names s3://" + bucket + "/" + key);
        } else if (shown == KEYS_SHOWN) {
            sink.say("and more");
        }
        shown++;
    }

    private void ignore(String reason) {
        sink.kind(ObjectReport.Kind.NOTIFICATION);
        sink.ignore(1, reason);
    }

    /** Takes the form encoding off: a plus is a blank, %XX a byte; a broken escape stays as it stands. */
    private static String decoded(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
