package dev.tocsin.server.watch;

import dev.tocsin.core.detect.Guarded;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sources hang on, as far as it is known: what the configuration names, and the buckets and topics that messages
 * name. Safe for use by many threads.
 */
final class GuardedSources {

    /** Things guarded, at most: messages could name any number. */
    private static final int MOST = 1_000;

    private static final String SOURCE = "source ";

    private static final Pattern TOPIC =
            Pattern.compile("\"TopicArn\"\\s*:\\s*\"(arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[\\w.-]{1,256})\"");

    private static final String BUCKET = "s3://";

    private volatile Guarded now = Guarded.NONE;

    /** What is guarded at the moment. */
    Guarded now() {
        return now;
    }

    /** Guards what {@code arn}, or a queue's URL, names, which {@code source} needs. */
    synchronized void add(String arn, String source) {
        Guarded more = now.and(arn, SOURCE + source);
        if (!more.equals(now) && more.things().size() <= MOST) {
            now = more;
        }
    }

    /** Guards the bucket of an object, if {@code uri} names one. */
    void addObject(String uri, String source) {
        if (uri.startsWith(BUCKET)) {
            int end = uri.indexOf('/', BUCKET.length());
            add("arn:aws:s3:::" + uri.substring(BUCKET.length(), end < 0 ? uri.length() : end), source);
        }
    }

    /** Guards the topic that a message came by. */
    void addMessage(String body, String source) {
        Matcher topic = TOPIC.matcher(body);
        if (topic.find()) {
            add(topic.group(1), source);
        }
    }
}
