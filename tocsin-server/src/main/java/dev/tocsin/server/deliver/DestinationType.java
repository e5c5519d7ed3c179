package dev.tocsin.server.deliver;

import java.util.Arrays;
import java.util.List;

/** How a destination is sent to. */
public enum DestinationType {
    /** HTTP POST, signed. */
    WEBHOOK("webhook", Format.EVENTBRIDGE, 8),
    /** HTTP POST as Amazon SNS notifies its subscribers. */
    SNS_HTTP("sns-http", Format.EVENTBRIDGE, 8),
    /** A queue of Amazon SQS. */
    SQS("sqs", Format.EVENTBRIDGE, 8),
    /** A topic of Kafka. */
    KAFKA("kafka", Format.EVENTBRIDGE, 8),
    /** Lines of a file. */
    FILE("file", Format.GUARDDUTY, 1),
    /** RFC 5424. */
    SYSLOG("syslog", Format.GUARDDUTY, 1);

    private final String wire;
    private final Format usual;
    private final int parallel;

    DestinationType(String wire, Format usual, int parallel) {
        this.wire = wire;
        this.usual = usual;
        this.parallel = parallel;
    }

    /** As users write it. */
    public String wire() {
        return wire;
    }

    /** The format where none is said. */
    public Format usual() {
        return usual;
    }

    /** Messages that are under way at once. */
    int parallel() {
        return parallel;
    }

    /** Members that it must have beside what all have. */
    List<String> required() {
        return switch (this) {
            case WEBHOOK -> List.of("url");
            case SNS_HTTP -> List.of("url", "topic");
            case SQS -> List.of("queue");
            case KAFKA -> List.of("brokers", "topic");
            case FILE -> List.of("path");
            case SYSLOG -> List.of("server");
        };
    }

    /** Members that it may have. */
    List<String> optional() {
        return switch (this) {
            case WEBHOOK -> List.of("secret", "authorization", "certificates");
            case SNS_HTTP -> List.of("secret", "certificates");
            case SQS -> List.of();
            case KAFKA -> List.of("properties");
            case FILE -> List.of("maxMegabytes", "keep");
            case SYSLOG -> List.of("certificates");
        };
    }

    /** As users write all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(DestinationType::wire).toList();
    }
}
