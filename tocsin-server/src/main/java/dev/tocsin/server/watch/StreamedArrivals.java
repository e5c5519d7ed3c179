package dev.tocsin.server.watch;

import dev.tocsin.server.host.LiveAnalysis.Outcome;
import dev.tocsin.server.source.LogStream;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.source.StreamLane;
import dev.tocsin.server.store.ObjectIdentity;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a stream brings. Where to go on in each of its lanes is written with what was read, so nothing is to be acknowledged, and
 * after a crash what was not written comes again. Used by one thread.
 */
final class StreamedArrivals implements Arrivals {

    private final LogStream stream;
    private final Behind behind;
    private final Told told;
    private final InstantSource clock;
    private List<StreamBatch> given = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** Is told whether a lane of the stream holds more than was taken of it. */
    @FunctionalInterface
    interface Behind {
        void isBehind(String source, String lane, boolean so);
    }

    /**
     * Who is told of it.
     *
     * @param counts of the lanes
     * @param alarms of what is lost
     */
    record Told(SourceCounts counts, Alarms alarms) {}

    /** Goes on in {@code stream} at {@code positions}, by lane. */
    StreamedArrivals(LogStream stream, Map<String, String> positions, Behind behind, Told told, InstantSource clock) {
        this.stream = stream;
        this.behind = behind;
        this.told = told;
        this.clock = clock;
        stream.begin(positions);
    }

    @Override
    public String name() {
        return stream.name();
    }

    @Override
    public void again() {
        // A stream is read once: what nobody wanted is counted as ignored and does not come again.
    }

    /** Until it has answered nobody knows which lanes there are; from then on each lane holds its own time back. */
    @Override
    public boolean isBehind() {
        return !stream.hasAnswered();
    }

    @Override
    public List<SourceObject> look(long now) throws IOException {
        if (given.isEmpty()) { // else what was left comes first
            given = stream.take();
        }
        Map<String, Long> waiting = new HashMap<>();
        given.forEach(
                batch -> waiting.merge(batch.lane(), (long) batch.records().size(), Long::sum));
        List<StreamLane> lanes = new ArrayList<>();
        for (StreamLane lane : stream.lanes()) {
            long here = waiting.getOrDefault(lane.name(), 0L);
            long records = lane.records() < 0 ? here : lane.records() + here;
            lanes.add(new StreamLane(lane.name(), lane.behind() || here > 0, records, lane.millis()));
        }
        tell(lanes);
        return given.stream().map(StreamBatch::object).toList();
    }

    private void tell(List<StreamLane> lanes) {
        Set<String> now = new HashSet<>();
        for (StreamLane lane : lanes) {
            now.add(lane.name());
            behind.isBehind(name(), lane.name(), lane.behind());
        }
        known.removeAll(now);
        known.forEach(gone -> behind.isBehind(name(), gone, false));
        known.clear();
        known.addAll(now);
        told.counts().lanes(lanes);
    }

    @Override
    public void settled(Map<ObjectIdentity, Outcome> outcomes, long now) {
        List<StreamBatch> left = new ArrayList<>();
        for (StreamBatch batch : given) {
            StreamBatch.Lost lost = batch.lost();
            if (!outcomes.containsKey(ObjectIdentity.of(batch.object()))) {
                left.add(batch);
            } else if (lost != null) {
                String text = batch.name() + ": " + lost.reason();
                told.alarms()
                        .raise(
                                name(),
                                Alarms.Kind.LOST,
                                batch.name(),
                                text,
                                clock.instant().getEpochSecond());
            }
        }
        given = left;
    }
}
