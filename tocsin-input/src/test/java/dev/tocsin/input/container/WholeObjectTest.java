package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.parse.ParseContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Unpacking objects whole with the native library, where it is installed, changes nothing of what is read. */
final class WholeObjectTest {

    private static final String NAME = "111122223333_CloudTrail_us-east-1_20260301T1210Z_abc.json.gz";

    private static byte[] object(int records) {
        StringBuilder text = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < records; i++) {
            text.append(i == 0 ? "" : ",").append("""
                    {"eventVersion":"1.08","userIdentity":{"type":"Root","accountId":"111122223333"},\
                    "eventTime":"2026-03-01T12:05:00Z","eventSource":"iam.amazonaws.com","eventName":"GetUser",\
                    "awsRegion":"us-east-1","sourceIPAddress":"203.0.113.10","userAgent":"x","eventID":"e-""").append(i).append("\"}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }

    private static void assertSame(byte[] packed, String which) {
        ParseContext context =
                new ParseContext(ObjectKey.parse(NAME).object(0, NAME, Long.MAX_VALUE), FieldPlan.NONE, null, null);
        Collected streamed = new Collected();
        Collected whole = new Collected();
        ObjectReport one = new ObjectReader(true).read(new ByteArrayInputStream(packed), NAME, context, streamed);
        ObjectReport two = ObjectReader.ofThread().read(new ByteArrayInputStream(packed), NAME, context, whole);
        assertEquals(one, two, which);
        assertEquals(
                streamed.events.stream().map(Event::at).toList(),
                whole.events.stream().map(Event::at).toList(),
                which);
        assertEquals(streamed.rejected, whole.rejected, which);
        assertEquals(streamed.notes, whole.notes, which);
    }

    @Test
    void readsTheSameFromWholeCutAndDamagedObjects() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("WholeObjectTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            byte[] packed = gzip(object(random.nextInt(400)));
            switch (random.nextInt(6)) {
                case 0 -> packed = Arrays.copyOf(packed, random.nextInt(packed.length));
                case 1 -> packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
                case 2 -> packed = join(packed, gzip(object(random.nextInt(9))));
                case 3 -> packed = gzip(packed);
                case 4 -> packed = join(packed, new byte[random.nextInt(9)]);
                default -> {}
            }
            assertSame(packed, "seed " + seed + " case " + i);
        }
    }
}
