package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.deliver.LaneState;
import dev.tocsin.server.publish.DestinationCounts;
import dev.tocsin.server.source.StreamLane;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.Alarms;
import dev.tocsin.server.watch.Detection;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.SourceCounts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the service fares, for health checks and Prometheus. Counts are since its start. */
final class Metrics {

    private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SOURCE = "source";
    private static final String DESTINATION = "destination";
    private static final Deliveries.Counts NONE = new Deliveries.Counts(0, 0, 0);

    private final Store store;
    private final @Nullable Detection detection;
    private final @Nullable FeedRefresh feeds;
    private final Alarms alarms;
    private final OwnEndpoints.Sending sending;
    private final Deliveries deliveries;
    private final WatchedWrites writes;
    private final IngestApi ingest;
    private final InstantSource clock;

    /** Of what is analysed, of where findings go, and of what is written by the API and handed in by engines elsewhere. */
    Metrics(
            Store store,
            OwnEndpoints.Watching watching,
            OwnEndpoints.Sending sending,
            WatchedWrites writes,
            IngestApi ingest,
            InstantSource clock) {
        this.store = store;
        this.detection = watching.detection();
        this.feeds = watching.feeds();
        this.alarms = watching.alarms();
        this.sending = sending;
        this.deliveries = new Deliveries(store);
        this.writes = writes;
        this.ingest = ingest;
        this.clock = clock;
    }

    /** Adds health, for everybody, and the metrics; {@code local}: nobody off this machine can ask. */
    void addTo(OwnApi api, boolean local) {
        api.open("GET health/live", request -> OwnAnswers.json(200, new Doc().with("status", "live")))
                .open("GET health/ready", request -> OwnAnswers.json(isReady() ? 200 : 503, health()));
        if (local) {
            api.open("GET /metrics", request -> OwnAnswers.text(FORM, text()));
        } else {
            api.on("GET /metrics", OwnApi.READERS, (caller, request) -> OwnAnswers.text(FORM, text()));
        }
    }

    /** Whether the service does all it is to do. */
    boolean isReady() {
        return detection == null || detection.isReady() || detection.isStandby();
    }

    private Map<String, SourceCounts> sources() {
        return detection == null ? Map.of() : detection.counts();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** What {@code health/ready} answers. */
    Doc health() {
        List<Doc> sources = new ArrayList<>();
        Map<String, Map<String, Long>> raised = alarms.counts();
        sources()
                .forEach((name, counts) -> sources.add(new Doc()
                        .with("name", name)
                        .with("status", counts.trouble() == null ? "up" : "down")
                        .with("reason", counts.trouble())
                        .with("lagSeconds", counts.lag(now()))
                        .with("lastObjectAt", time(counts.last()))
                        .with("records", doc(counts.records()))
                        .with("recordsBehind", behind(counts))
                        .with("messagesSetAside", counts.messages().get("set aside"))
                        .with("alarms", doc(raised.get(name)))));
        boolean standby = detection != null && detection.isStandby();
        String status = standby ? "standby" : isReady() ? "ready" : "starting";
        return new Doc().with("status", status).with("sources", sources);
    }

    private static @Nullable String time(@Nullable Long seconds) {
        return seconds == null ? null : Times.iso(seconds);
    }

    /** Records that wait in the source's stream; null if it has none. */
    private static @Nullable Long behind(SourceCounts counts) {
        List<StreamLane> lanes = counts.lanes();
        return lanes.isEmpty()
                ? null
                : lanes.stream().mapToLong(StreamLane::records).sum();
    }

    private static @Nullable Doc doc(@Nullable Map<String, Long> counts) {
        if (counts == null) {
            return null;
        }
        Doc doc = new Doc();
        counts.forEach(doc::with);
        return doc;
    }

    /** All of it in Prometheus's text form. */
    String text() throws StoreException {
        StringBuilder text = new StringBuilder();
        head(text, "tocsin_ready", "gauge", "1 if state and lists are loaded and detection runs.");
        text.append("tocsin_ready ").append(isReady() ? 1 : 0).append('\n');
        head(text, "tocsin_findings", "gauge", "Findings in the store.");
        text.append("tocsin_findings ").append(store.countFindings()).append('\n');
        head(text, "tocsin_source_up", "gauge", "1 if the source answers.");
        sources()
                .forEach((name, counts) ->
                        sample(text, "tocsin_source_up", SOURCE, name, "", counts.trouble() == null ? 1 : 0));
        head(text, "tocsin_source_lag_seconds", "gauge", "How far the newest records of the source lie in the past.");
        sources().forEach((name, counts) -> {
            Long lag = counts.lag(now());
            if (lag != null) {
                sample(text, "tocsin_source_lag_seconds", SOURCE, name, "", lag);
            }
        });
        head(text, "tocsin_objects_total", "counter", "Objects read, by what became of them.");
        sources()
                .forEach((name, counts) -> counts.objects()
                        .forEach((status, count) -> sample(
                                text, "tocsin_objects_total", SOURCE, name, ",status=\"" + status + "\"", count)));
        head(text, "tocsin_records_total", "counter", "Records read, by what became of them.");
        sources()
                .forEach((name, counts) -> counts.records()
                        .forEach((result, count) -> sample(
                                text, "tocsin_records_total", SOURCE, name, ",result=\"" + result + "\"", count)));
        head(text, "tocsin_messages_total", "counter", "Messages of queues, by what became of them.");
        sources()
                .forEach((name, counts) -> counts.messages()
                        .forEach((result, count) -> sample(
                                text, "tocsin_messages_total", SOURCE, name, ",result=\"" + result + "\"", count)));
        lanes(text);
        head(
                text,
                "tocsin_alarms",
                "gauge",
                "Alarms that are raised: silent, gap, set-aside, lost, conflict, digest, undelivered, dead-letters, feed.");
        alarms.counts()
                .forEach((name, kinds) -> kinds.forEach(
                        (kind, count) -> sample(text, "tocsin_alarms", SOURCE, name, ",kind=\"" + kind + "\"", count)));
        head(
                text,
                "tocsin_near_misses_total",
                "counter",
                "Calls with four fifths of the evidence that a finding takes.");
        if (detection != null) {
            detection
                    .nearMisses()
                    .forEach((type, count) -> sample(text, "tocsin_near_misses_total", "type", type, "", count));
        }
        rules(text);
        feeds(text);
        publishing(text);
        head(text, "tocsin_writes_total", "counter", "Writes by the API, by what came of them.");
        sample(text, "tocsin_writes_total", "result", "done", "", writes.done());
        sample(text, "tocsin_writes_total", "result", "refused", "", writes.refused());
        head(text, "tocsin_ingested_total", "counter", "What engines elsewhere handed in.");
        sample(text, "tocsin_ingested_total", "kind", "finding", "", ingest.findings());
        sample(text, "tocsin_ingested_total", "kind", "object", "", ingest.rows());
        return text.toString();
    }

    private void lanes(StringBuilder text) {
        String records = "tocsin_stream_records_behind";
        head(text, records, "gauge", "Records of a partition that wait to be read; of a shard, that were fetched.");
        sources()
                .forEach((name, counts) -> counts.lanes()
                        .forEach(lane -> sample(text, records, SOURCE, name, partition(lane), lane.records())));
        String seconds = "tocsin_stream_seconds_behind";
        head(
                text,
                seconds,
                "gauge",
                "Age of the next record to be fetched of a partition or shard; 0 if there is none.");
        sources()
                .forEach((name, counts) -> counts.lanes().stream()
                        .filter(lane -> lane.millis() >= 0)
                        .forEach(lane -> sample(text, seconds, SOURCE, name, partition(lane), lane.millis() / 1000)));
    }

    private static String partition(StreamLane lane) {
        return ",partition=\"" + lane.name() + "\"";
    }

    private void publishing(StringBuilder text) throws StoreException {
        head(text, "tocsin_outbox_waiting", "gauge", "Deliveries of findings to destinations that wait.");
        text.append("tocsin_outbox_waiting ")
                .append(sending.publisher().waiting())
                .append('\n');
        destinations(text);
        Map<String, DestinationCounts> counts =
                new TreeMap<>(sending.publisher().counts());
        head(text, "tocsin_published_total", "counter", "Findings and notices that left, by destination.");
        counts.forEach((name, count) -> sample(text, "tocsin_published_total", DESTINATION, name, "", count.sent()));
        head(text, "tocsin_publish_failures_total", "counter", "Tries to send that failed, by destination.");
        counts.forEach((name, count) ->
                sample(text, "tocsin_publish_failures_total", DESTINATION, name, "", count.failures()));
    }

    private void destinations(StringBuilder text) throws StoreException {
        Map<String, Deliveries.Counts> counts = deliveries.counts();
        Map<Destination, LaneState.Snapshot> states = sending.lanes().states();
        head(text, "tocsin_destination_up", "gauge", "1 if the last message to the destination arrived.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_up", one, state.failingSince() == 0 ? 1 : 0));
        head(text, "tocsin_destination_sent_total", "counter", "Messages that arrived.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_sent_total", one, state.sent()));
        head(text, "tocsin_destination_failures_total", "counter", "Tries that failed.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_failures_total", one, state.failures()));
        head(text, "tocsin_destination_digests_total", "counter", "Messages that stood for many findings.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_digests_total", one, state.digests()));
        head(text, "tocsin_destination_waiting", "gauge", "Findings that wait.");
        states.keySet()
                .forEach(one -> sample(
                        text, "tocsin_destination_waiting", one, of(counts, one).waiting()));
        head(text, "tocsin_dead_letters", "gauge", "Findings that are not tried any more.");
        states.keySet()
                .forEach(one ->
                        sample(text, "tocsin_dead_letters", one, of(counts, one).dead()));
    }

    private static Deliveries.Counts of(Map<String, Deliveries.Counts> counts, Destination destination) {
        return counts.getOrDefault(Destination.queue(destination.id()), NONE);
    }

    private static void sample(StringBuilder text, String metric, Destination one, long value) {
        sample(text, metric, DESTINATION, one.name(), ",id=\"" + one.id() + "\"", value);
    }

    private void rules(StringBuilder text) {
        head(text, "tocsin_rule_dry_run_matches_total", "counter", "Matches of rules that are only tried.");
        if (detection != null) {
            detection
                    .tried()
                    .forEach(one -> sample(
                            text,
                            "tocsin_rule_dry_run_matches_total",
                            "rule",
                            one.getKey().rule(),
                            ",account=\"" + one.getKey().account() + "\",region=\""
                                    + one.getKey().region() + "\"",
                            one.getValue().sum()));
        }
    }

    private void feeds(StringBuilder text) {
        if (feeds != null) {
            head(text, "tocsin_feed_age_seconds", "gauge", "Time since the feed's list in force came.");
            feeds.ages().forEach((name, age) -> sample(text, "tocsin_feed_age_seconds", "feed", name, "", age));
            head(text, "tocsin_feed_entries", "gauge", "Distinct entries of the feed's list in force.");
            feeds.entries().forEach((name, count) -> sample(text, "tocsin_feed_entries", "feed", name, "", count));
        }
    }

    static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    static void sample(StringBuilder text, String metric, String label, String name, String labels, long value) {
        String escaped = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        text.append(metric)
                .append('{')
                .append(label)
                .append("=\"")
                .append(escaped)
                .append('"')
                .append(labels)
                .append("} ")
                .append(value)
                .append('\n');
    }
}
