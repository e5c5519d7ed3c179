import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to a topic at a steady rate, dated as of now. Bodies come from a file, a line each, in which {@code @TIME@},
 * {@code @SECOND@} and {@code @NUMBER@} (eight hex digits) are replaced.
 *
 * <p>usage: StreamFeeder BROKER TOPIC PARTITIONS FILE RECORDS-A-SECOND RECORDS-A-MESSAGE SECONDS
 */
final class StreamFeeder {

    private static final int TICKS = 50; // a second

    public static void main(String[] args) throws IOException {
        String topic = args[1];
        int partitions = Integer.parseInt(args[2]);
        List<String> bodies = Files.readAllLines(Path.of(args[3]));
        int perTick = Math.max(1, Integer.parseInt(args[4]) / TICKS);
        int perMessage = Integer.parseInt(args[5]);
        long ticks = Long.parseLong(args[6]) * TICKS;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", args[0], "linger.ms", "20", "batch.size", "262144", "buffer.memory", "67108864");
        long number = 0;
        long message = 0;
        long begin = System.nanoTime();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long tick = 0; tick < ticks; tick++) {
                long due = begin + tick * (1_000_000_000L / TICKS);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long now = Instant.now().getEpochSecond();
                String time = Instant.ofEpochSecond(now).toString();
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= perTick; i++) {
                    String body = bodies.get((int) (number % bodies.size()));
                    text.append(body.replace("@TIME@", time)
                                    .replace("@SECOND@", Long.toString(now))
                                    .replace("@NUMBER@", String.format("%08x", number)))
                            .append('\n');
                    number++;
                    if (i % perMessage == 0 || i == perTick) {
                        byte[] value = text.toString().getBytes(StandardCharsets.UTF_8);
                        producer.send(new ProducerRecord<>(topic, (int) (message % partitions), null, value));
                        message++;
                        text.setLength(0);
                    }
                }
                if (tick % (10 * TICKS) == 0) {
                    System.out.println(number);
                }
            }
        }
        System.out.println(number);
    }
}
