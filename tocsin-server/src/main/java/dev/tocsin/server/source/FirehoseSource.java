package dev.tocsin.server.source;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Requests of Amazon Data Firehose, or of agents on hosts, that wait to be taken, and whoever waits for them to be kept. A request is one object, and
 * its id is all of its identity. Safe for use by many threads.
 */
public final class FirehoseSource implements LiveSource {

    /** Requests that wait at once; each holds one of the web server's places. */
    static final int MOST_WAITING = 64;

    /** Time for which a source that turned requests away is behind, in milliseconds: Firehose tries every two minutes at least. */
    static final long BEHIND_MILLIS = 120_000;

    private final String name;
    private final Settings settings;
    private final Map<String, Delivery> waiting = new LinkedHashMap<>();
    private boolean open;
    private long turnedAwayAt = Long.MIN_VALUE;

    /**
     * How it is set.
     *
     * @param path of the URL that Firehose delivers to
     * @param binding what it may bring
     * @param format the fields of flow records that come without a header, divided by blanks; null for the default format
     * @param sender whose requests it takes
     */
    public record Settings(
            String path, Binding binding, @Nullable String format, Sender sender) {}

    /** Who sends. */
    public enum Sender {
        /** Amazon Data Firehose: the id of a request is a GUID, and the source's binding says whose logs it brings. */
        FIREHOSE("firehose-http"),
        /** Agents on hosts: the id of a request begins with the folder of the account and Region that the agent's key is for. */
        AGENT("agent-http");

        private final String type;

        Sender(String type) {
            this.type = type;
        }

        /** The type of source, as a configuration names it. */
        public String type() {
            return type;
        }
    }

    /** What became of a request. */
    public enum Kept {
        /** All of it is in the store. */
        KEPT,
        /** It is not: it is to be sent again. */
        AGAIN
    }

    /** A request that waits. */
    public static final class Delivery {
        private final SourceObject object;
        private final long sentAt;
        private final CompletableFuture<Kept> kept = new CompletableFuture<>();
        private boolean given;

        private Delivery(SourceObject object, long sentAt) {
            this.object = object;
            this.sentAt = sentAt;
        }

        /** What is to be read. */
        public SourceObject object() {
            return object;
        }
    }

    /** A source called {@code name} that takes nothing yet. */
    public FirehoseSource(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
    }

    @Override
    public String name() {
        return name;
    }

    /** How it is set. */
    public Settings settings() {
        return settings;
    }

    /** The object that the request {@code id} is, as the ledger calls it. */
    public String objectName(String id) {
        String folder =
                settings.sender() == Sender.AGENT ? "" : settings.binding().folder();
        return settings.sender().type() + "://" + name + "/" + folder + id;
    }

    /** The object that the request {@code id} is, to tell whether it was read. */
    public SourceObject identity(String id) {
        return object(id, new byte[0], 0);
    }

    private SourceObject object(String id, byte[] body, long sentAt) {
        return new SourceObject(objectName(id), 0, sentAt / 1000, id, () -> stream(body));
    }

    /** Flow records without a header are read by the one that is set, which stands before them as in a file. */
    private InputStream stream(byte[] body) {
        InputStream bytes = new ByteArrayInputStream(body);
        if (settings.format() == null) {
            return bytes;
        }
        String header = "{\"message\":\"" + settings.format() + "\"}\n";
        return new SequenceInputStream(new ByteArrayInputStream(header.getBytes(StandardCharsets.US_ASCII)), bytes);
    }

    /** Takes requests from now on; those that were given before come again. */
    public synchronized void begin() {
        open = true;
        failAll();
    }

    /** Takes none any more; none that waits is kept. */
    public synchronized void end() {
        open = false;
        failAll();
    }

    /** Takes none any more; of those that wait, what was not given yet is to be sent again. */
    public synchronized void closing() {
        open = false;
        List<String> left = new ArrayList<>();
        waiting.forEach((id, delivery) -> {
            if (!delivery.given) {
                left.add(id);
            }
        });
        left.forEach(id -> settle(id, Kept.AGAIN));
    }

    private void failAll() {
        waiting.values().forEach(delivery -> delivery.kept.complete(Kept.AGAIN));
        waiting.clear();
    }

    /** Whether it takes requests. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Who waits for the request {@code id}, if it waits already. */
    public synchronized @Nullable CompletableFuture<Kept> awaited(String id) {
        Delivery delivery = waiting.get(id);
        return delivery == null ? null : delivery.kept;
    }

    /**
     * Lets the request {@code id} wait.
     *
     * @param sentAt when it was made, epoch milliseconds
     * @param now the host's time, epoch milliseconds
     * @return what becomes of it, or null if it is turned away
     */
    public synchronized @Nullable CompletableFuture<Kept> offer(String id, byte[] body, long sentAt, long now) {
        Delivery there = waiting.get(id);
        if (there != null) {
            return there.kept;
        }
        if (!open || waiting.size() >= MOST_WAITING) {
            turnedAway(now);
            return null;
        }
        Delivery delivery = new Delivery(object(id, body, Math.min(sentAt, now)), sentAt);
        waiting.put(id, delivery);
        return delivery.kept;
    }

    /** A request was turned away: what comes later may be older than what was taken. */
    public synchronized void turnedAway(long now) {
        turnedAwayAt = now;
    }

    /** What waits and was not given before. */
    public synchronized List<Delivery> take() {
        List<Delivery> fresh = new ArrayList<>();
        for (Delivery delivery : waiting.values()) {
            if (!delivery.given) {
                delivery.given = true;
                fresh.add(delivery);
            }
        }
        return fresh;
    }

    /** Whether older requests than those that {@code taken} holds may come. */
    public synchronized boolean isBehind(List<Delivery> taken, long now) {
        boolean turnedAway = turnedAwayAt != Long.MIN_VALUE && now - turnedAwayAt < BEHIND_MILLIS;
        return turnedAway || taken.stream().anyMatch(delivery -> now - delivery.sentAt > BEHIND_MILLIS);
    }

    /** Tells what became of {@code delivery}. */
    public synchronized void settle(Delivery delivery, Kept kept) {
        settle(String.valueOf(delivery.object.version()), kept);
    }

    private void settle(String id, Kept kept) {
        Delivery delivery = waiting.remove(id);
        if (delivery != null) {
            delivery.kept.complete(kept);
        }
    }
}
