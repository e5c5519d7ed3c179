package dev.tocsin.flink.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.input.container.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Every record of the samples arrives as it left. */
final class BatchSerializerTest {

    private static final Path SAMPLES = Path.of("../samples");
    private static final long TURN = 1L << 50;

    private final BatchSerializer serializer = new BatchSerializer();

    @Test
    void theSamplesArriveWhole() throws IOException {
        int records = 0;
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                for (Batch batch : read(file)) {
                    DataOutputSerializer out = new DataOutputSerializer(64);
                    serializer.serialize(batch, out);
                    same(batch, serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
                    records += batch.records().size();
                }
            }
        }
        assertTrue(records > 100, records + " records");
    }

    @Test
    void whatANewerVersionWroteIsRefused() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(99);
        IOException refused = assertThrows(
                IOException.class, () -> serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
        assertTrue(refused.getMessage().contains("newer"), refused.getMessage());
    }

    private static Collection<Batch> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                ObjectReader reader = new ObjectReader(true)) {
            ParseContext context =
                    new ParseContext(LogObject.named(file.toString()), AccountFunction.fieldPlan(), null, "eu-west-1");
            reader.read(in, file.toString(), context, new Events(events));
        }
        return Batch.of(TURN, 3, events);
    }

    private static void same(Batch sent, Batch come) {
        assertEquals(sent.turn(), come.turn());
        assertEquals(sent.chunk(), come.chunk());
        assertEquals(sent.kind(), come.kind());
        assertEquals(sent.key(), come.key());
        assertEquals(sent.object(), come.object());
        assertEquals(sent.records().size(), come.records().size());
        for (int i = 0; i < sent.records().size(); i++) {
            assertEquals(sent.records().get(i).place(), come.records().get(i).place());
            same(sent.records().get(i).event(), come.records().get(i).event());
        }
    }

    private static void same(Event sent, Event come) {
        if (sent instanceof ApiCall one && come instanceof ApiCall other) {
            assertEquals(told(one), told(other));
        } else {
            assertEquals(sent, come);
        }
    }

    /** All that a call tells. */
    private static List<Object> told(ApiCall call) {
        List<Object> told = new ArrayList<>();
        for (Object one : new Object[] {
            call.at(),
            call.account(),
            call.region(),
            call.origin(),
            call.eventId(),
            call.contentHash(),
            call.service(),
            call.action(),
            call.identity(),
            call.caller(),
            call.userAgent(),
            call.errorCode(),
            call.eventType(),
            call.category(),
            call.readOnly(),
            call.sharedEventId(),
            call.vpcEndpointId(),
            call.vpcEndpointOwner()
        }) {
            told.add(String.valueOf(one));
        }
        for (FieldPath path : call.plannedFields()) {
            told.add(path.text() + "=" + call.field(path));
        }
        return told;
    }

    private record Events(List<Event> events) implements RecordSink {
        @Override
        public void accept(Event event) {
            events.add(event);
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}
    }
}
