package dev.tocsin.flink.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.engine.StateKind;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An entry while Flink writes a snapshot of it. */
final class StateEntryTest {

    @Test
    @Timeout(30)
    void isWrittenByOneThreadAtATime() throws Exception {
        Thread task = Thread.currentThread();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StateKind<String> kind = new StateKind<>("slow", 1, new StateKind.Codec<>() {
            @Override
            public void write(String state, JsonGenerator out) throws IOException {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                begun.countDown();
                while (Thread.currentThread() != task && inside.get() == 1 && task.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait(); // until the task wants to write as well
                }
                out.writeString(state);
                inside.decrementAndGet();
            }

            @Override
            public String read(JsonParser in, int version) throws IOException {
                in.nextToken();
                return in.getText();
            }
        });
        StateEntry entry = StateEntry.of(kind, "kept");
        FutureTask<byte[]> snapshot = new FutureTask<>(entry::packed);
        Thread.ofPlatform().start(snapshot);
        begun.await();
        StateEntry copy = new StateEntrySerializer().copy(entry);
        assertArrayEquals(snapshot.get(), copy.packed());
        assertEquals(1, most.get());
    }
}
