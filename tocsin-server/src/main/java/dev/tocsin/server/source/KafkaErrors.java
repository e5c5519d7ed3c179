package dev.tocsin.server.source;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What went wrong with Kafka in words, and the way out. */
final class KafkaErrors {

    private KafkaErrors() {}

    /** The error for a person: what lies at {@code place} was asked for. */
    static SourceDown explain(RuntimeException e, KafkaPlace place) {
        return new SourceDown(place.called() + ": " + text(e, place), e);
    }

    /** There is no {@code topic}. */
    static String noTopic(String topic, KafkaPlace place) {
        return place.called() + ": there is no topic " + topic
                + ", or it must not be seen. Check the name and that the caller may DESCRIBE and READ it; Tocsin makes none.";
    }

    private static String text(RuntimeException e, KafkaPlace place) {
        return switch (e) {
            case TimeoutException timeout ->
                "a broker does not answer, or a partition has no leader (" + timeout.getMessage()
                        + "). Check that the brokers run, that the addresses they advertise can be reached from here, and"
                        + " whether they expect TLS or SASL (properties).";
            case AuthenticationException refused ->
                "the brokers do not take the credentials or certificate (" + refused.getMessage()
                        + "). Check sasl.* and ssl.* among the properties.";
            case AuthorizationException denied ->
                "access denied (" + denied.getMessage() + "). The caller needs DESCRIBE and READ on the topics "
                        + String.join(", ", place.topics()) + ".";
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
