package dev.tocsin.server.source;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What went wrong with Kafka in words, and the way out. */
public final class KafkaErrors {

    private static final String READING = "DESCRIBE and READ";
    private static final String WRITING = "DESCRIBE and WRITE";

    private KafkaErrors() {}

    /** The error for a person: what lies at {@code place} was asked for. */
    static SourceDown explain(RuntimeException e, KafkaPlace place) {
        return new SourceDown(place.called() + ": " + text(e, READING, String.join(", ", place.topics())), e);
    }

    /** There is no {@code topic}. */
    static String noTopic(String topic, KafkaPlace place) {
        return place.called() + ": " + noTopic(topic, READING);
    }

    /** The same in words: something was to be sent to {@code topic} of the Kafka at {@code brokers}. */
    public static String sending(Throwable e, String brokers, String topic) {
        // the client waits for a topic that is not there, and says what it waited for as the cause
        boolean missing = e.getCause() instanceof UnknownTopicOrPartitionException
                || e instanceof UnknownTopicOrPartitionException;
        return "Kafka at " + brokers + ": " + (missing ? noTopic(topic, WRITING) : text(e, WRITING, topic));
    }

    private static String noTopic(String topic, String rights) {
        return "there is no topic " + topic + ", or it must not be seen. Check the name and that the caller may "
                + rights + " it; Tocsin makes none.";
    }

    private static String text(Throwable e, String rights, String topics) {
        return switch (e) {
            case TimeoutException timeout ->
                "a broker does not answer, or a partition has no leader (" + timeout.getMessage()
                        + "). Check that the brokers run, that the addresses they advertise can be reached from here, and"
                        + " whether they expect TLS or SASL (properties).";
            case AuthenticationException refused ->
                "the brokers do not take the credentials or certificate (" + refused.getMessage()
                        + "). Check sasl.* and ssl.* among the properties.";
            case AuthorizationException denied ->
                "access denied (" + denied.getMessage() + "). The caller needs " + rights + " on the topics " + topics
                        + ".";
            case UnknownTopicOrPartitionException gone ->
                "a topic or partition is gone (" + gone.getMessage() + "). Was it deleted?";
            default -> innermost(e);
        };
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }
}
