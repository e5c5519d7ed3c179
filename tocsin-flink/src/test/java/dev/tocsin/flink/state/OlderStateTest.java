package dev.tocsin.flink.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What an older release wrote into a savepoint is read by the newest codec; what nobody asks for stays as it was written. */
final class OlderStateTest {

    private static final StateKind<Doc> OLDER = StateKind.ofDocs("seen", 1);

    /** The next release calls a member otherwise. */
    private static final StateKind<Doc> NEWER = new StateKind<>("seen", 2, new StateKind.Codec<>() {
        @Override
        public void write(Doc entry, JsonGenerator out) throws IOException {
            entry.write(out);
        }

        @Override
        public Doc read(JsonParser in, int version) throws IOException {
            in.nextToken();
            Doc entry = Doc.read(in);
            return version == 1 ? new Doc().with("times", entry.number("count", 0)) : entry;
        }
    });

    private static byte[] savepoint(StateEntry entry) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        new StateEntrySerializer().serialize(entry, out);
        return out.getCopyOfBuffer();
    }

    private static StateEntry restored(byte[] savepoint) throws IOException {
        return new StateEntrySerializer().deserialize(new DataInputDeserializer(savepoint));
    }

    @Test
    void anEntryOfAnOlderVersionIsReadAndWrittenInTheNewest() throws IOException {
        byte[] old = savepoint(StateEntry.of(OLDER, new Doc().with("count", 7)));
        Doc read = restored(old).value(NEWER);
        assertEquals("{\"times\":7}", read.toJson());
        byte[] next = savepoint(StateEntry.of(NEWER, read.with("times", 8)));
        assertEquals("{\"times\":8}", restored(next).value(NEWER).toJson());
    }

    @Test
    void anEntryThatNobodyAsksForKeepsItsVersionThroughSavepoints() throws IOException {
        byte[] old = savepoint(StateEntry.of(OLDER, new Doc().with("count", 7)));
        byte[] again = savepoint(restored(savepoint(restored(old))));
        assertEquals("{\"times\":7}", restored(again).value(NEWER).toJson());
    }

    /** Flink asks before it restores: entries of any version are taken as they are, nothing is migrated. */
    @Test
    void flinkTakesASavepointOfAnOlderReleaseAsItIs() throws IOException {
        TypeSerializerSnapshot<StateEntry> written = new StateEntrySerializer().snapshotConfiguration();
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, written);
        TypeSerializerSnapshot<StateEntry> read = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
        assertTrue(new StateEntrySerializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(read)
                .isCompatibleAsIs());
    }
}
