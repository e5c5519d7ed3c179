package dev.tocsin.server.deliver;

import dev.tocsin.server.source.KafkaErrors;
import dev.tocsin.server.source.KafkaPlace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Sends each message to a topic of Kafka under the key of its finding, acknowledged by all replicas in step. */
final class KafkaSender implements Sender {

    /** The client ends a delivery by itself; this is for one that does not. */
    private static final long PATIENCE_MILLIS = KafkaSettings.DELIVERY_MILLIS + 2_000L;

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Destination destination;
    private final List<String> brokers;
    private final String topic;
    private @Nullable KafkaProducer<String, byte[]> producer;

    KafkaSender(Destination destination) {
        this.destination = destination;
        this.brokers = DestinationForm.texts(destination.settings(), "brokers");
        this.topic = destination.required("topic");
    }

    @Override
    public String send(Message message) throws Undelivered, InterruptedException {
        KafkaProducer<String, byte[]> client = connected();
        try {
            checkLeaders(client);
            RecordMetadata kept = client.send(record(message)).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return "Kafka took it in " + kept.topic() + ", partition " + kept.partition() + ", offset " + kept.offset();
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (ExecutionException e) {
            throw failed(client, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException | IllegalStateException e) {
            throw failed(client, e);
        }
    }

    private ProducerRecord<String, byte[]> record(Message message) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, message.finding(), utf8(message.body()));
        record.headers()
                .add("tocsin-id", utf8(message.id()))
                .add("type", utf8(message.type()))
                .add("format", utf8(destination.format().wire()))
                .add("content-type", utf8(message.contentType()));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private synchronized KafkaProducer<String, byte[]> connected() throws Undelivered {
        KafkaProducer<String, byte[]> known = producer;
        if (known == null) {
            for (String broker : brokers) {
                Reach.check(broker.substring(0, broker.lastIndexOf(':')), destination.allowsLinkLocal());
            }
            KafkaPlace.quiet();
            try {
                known = new KafkaProducer<>(
                        KafkaSettings.all(destination.settings().part("properties"), brokers));
            } catch (KafkaException e) {
                throw Undelivered.down(words(e), e);
            }
            producer = known;
        }
        return known;
    }

    /** Brokers say themselves where they are to be reached: that must be no other place than one may send to. */
    private void checkLeaders(KafkaProducer<String, byte[]> client) throws Undelivered {
        for (PartitionInfo partition : client.partitionsFor(topic)) {
            if (partition.leader() != null && !partition.leader().isEmpty()) {
                Reach.check(partition.leader().host(), destination.allowsLinkLocal());
            }
        }
    }

    private Undelivered failed(KafkaProducer<String, byte[]> client, Throwable e) {
        if (e instanceof RecordTooLargeException || e instanceof InvalidRecordException) {
            return Undelivered.refused(words(e));
        }
        if (!(e instanceof RetriableException)) {
            drop(client); // such a failure can be for good: the next try begins anew
        }
        return Undelivered.down(words(e), e);
    }

    private String words(Throwable e) {
        return KafkaErrors.sending(e, String.join(",", brokers), topic);
    }

    private synchronized void drop(KafkaProducer<String, byte[]> client) {
        if (client.equals(producer)) {
            producer = null;
            client.close(Duration.ZERO);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
            producer = null;
        }
    }
}
