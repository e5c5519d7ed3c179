package dev.tocsin.server.host;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Times;
import dev.tocsin.input.order.ObjectTimes;
import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Objects of CloudTrail records for tests, in memory. */
final class Calls {

    /** 2026-03-01T12:00:00Z. */
    static final long NOON = 1_772_366_400;

    private Calls() {}

    /** A record of {@code user} stopping a trail. */
    static String stop(String eventId, String user, long at) {
        return record(eventId, user, at, "111122223333", "StopLogging");
    }

    /** A CloudTrail record as JSON. */
    static String record(String eventId, String user, long at, String account, String action) {
        return """
            {"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDA%2$s",\
            "arn":"arn:aws:iam::%4$s:user/%2$s","accountId":"%4$s","userName":"%2$s"},\
            "eventTime":"%3$s","eventSource":"cloudtrail.amazonaws.com","eventName":"%5$s",\
            "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-cli",\
            "requestParameters":{"name":"main"},"eventID":"%1$s","eventType":"AwsApiCall",\
            "recipientAccountId":"%4$s"}""".formatted(eventId, user, Times.iso(at).replace(".000", ""), account, action);
    }

    /** An object of {@code records}, last changed at {@code modified}. */
    static SourceObject object(String name, long modified, String... records) {
        byte[] bytes = ("{\"Records\":[" + String.join(",", records) + "]}").getBytes(StandardCharsets.UTF_8);
        return new SourceObject(name, bytes.length, modified, () -> new ByteArrayInputStream(bytes));
    }

    /** A name as CloudTrail writes it, delivered {@code minute} minutes after noon (0 to 599). */
    static String name(int minute, String account) {
        return "AWSLogs/%1$s/CloudTrail/us-east-1/2026/03/01/%1$s_CloudTrail_us-east-1_20260301T%2$02d%3$02dZ_%2$d%3$d.json"
                .formatted(account, 12 + minute / 60, minute % 60);
    }

    /** Times of API calls. */
    static ObjectTimes callsAt(long... times) {
        ObjectTimes all = new ObjectTimes();
        for (long at : times) {
            ApiCall.Draft draft = new ApiCall.Draft();
            draft.at = at;
            all.add(draft.build());
        }
        return all;
    }

    /** Times of flows. */
    static ObjectTimes flowsAt(long... times) {
        ObjectTimes all = new ObjectTimes();
        for (long at : times) {
            Origin origin = new Origin(LogObject.named("flows"), 1);
            all.add(new Flow(
                    origin,
                    "1",
                    "r",
                    "eni-1",
                    null,
                    null,
                    null,
                    at,
                    at,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    1,
                    2,
                    6,
                    1,
                    1,
                    2,
                    Flow.Direction.UNKNOWN,
                    false,
                    null,
                    0));
        }
        return all;
    }

    /** {@code count} records of different users, a minute apart from noon on. */
    static List<String> stops(String prefix, int count) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(stop(prefix + i, "user" + i % 7, NOON + 60L * i));
        }
        return records;
    }
}
