package dev.tocsin.server.deliver;

import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Makes senders.
 *
 * @param data the service's folder
 * @param clock of what is signed
 */
record Senders(Path data, InstantSource clock) {

    /** Files that the API makes lie here. */
    private static final String FOLDER = "destinations";

    /** The way to {@code destination}. */
    Sender of(Destination destination) throws Undelivered {
        return switch (destination.type()) {
            case WEBHOOK -> new Webhook(destination, clock);
            case SNS_HTTP -> new SnsNotifications(destination, clock);
            case SQS -> new QueueSender(destination);
            case KAFKA -> new KafkaSender(destination);
            case FILE -> new FileSender(destination, data.resolve(FOLDER).resolve(destination.required("path")));
            case SYSLOG -> new SyslogSender(destination, clock);
        };
    }
}
