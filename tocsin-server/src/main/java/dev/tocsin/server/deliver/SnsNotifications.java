package dev.tocsin.server.deliver;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Posts each message as Amazon SNS notifies a subscriber over HTTP. Only AWS can sign as SNS does: the members of its
 * signature are empty, and ours stands in the headers, as for a webhook.
 */
final class SnsNotifications implements Sender {

    private static final int LONGEST_SUBJECT = 100;

    private final HttpPost post;
    private final String topic;
    private final @Nullable String secret;
    private final InstantSource clock;

    SnsNotifications(Destination destination, InstantSource clock) throws Undelivered {
        this.post = new HttpPost(
                URI.create(destination.required("url")), destination.allowsLinkLocal(), Trust.of(destination));
        this.topic = destination.required("topic");
        this.secret = destination.settings().text("secret");
        this.clock = clock;
    }

    @Override
    public String send(Message message) throws Undelivered, InterruptedException {
        String id = messageId(message);
        String body = notification(id, message);
        long now = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>(Signature.headers(message.id(), body, secret, now));
        headers.put("Content-Type", "text/plain; charset=UTF-8"); // as SNS says it
        headers.put("x-amz-sns-message-type", "Notification");
        headers.put("x-amz-sns-message-id", id);
        headers.put("x-amz-sns-topic-arn", topic);
        return post.post(headers, body);
    }

    private String notification(String id, Message message) {
        return new Doc()
                .with("Type", "Notification")
                .with("MessageId", id)
                .with("TopicArn", topic)
                .with("Subject", subject(message.title()))
                .with("Message", message.body())
                .with("Timestamp", Times.isoMillis(clock.millis()))
                .with("SignatureVersion", "1")
                .with("Signature", "")
                .with("SigningCertURL", "")
                .with("UnsubscribeURL", "")
                .with("MessageAttributes", attributes(message))
                .toJson();
    }

    private static Doc attributes(Message message) {
        return new Doc()
                .with("tocsin-id", attribute(message.id()))
                .with("type", attribute(message.type()))
                .with("severity", new Doc().with("Type", "Number").with("Value", String.valueOf(message.severity())));
    }

    private static Doc attribute(String value) {
        return new Doc().with("Type", "String").with("Value", value);
    }

    /** SNS's ids are UUIDs; ours is the same for the same message. */
    private static String messageId(Message message) {
        return UUID.nameUUIDFromBytes(message.id().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** SNS allows a hundred letters of ASCII. */
    private static String subject(String title) {
        String plain = title.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= LONGEST_SUBJECT ? plain : plain.substring(0, LONGEST_SUBJECT);
    }

    @Override
    public void close() {
        post.close();
    }
}
