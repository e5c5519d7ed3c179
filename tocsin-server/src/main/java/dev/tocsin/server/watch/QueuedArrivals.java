package dev.tocsin.server.watch;

import dev.tocsin.input.container.Notice;
import dev.tocsin.server.host.LiveAnalysis.Outcome;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.source.NamedObjects;
import dev.tocsin.server.source.QueueMessage;
import dev.tocsin.server.source.SourceDown;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.SqsQueue;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of a queue name. A message is deleted once the store holds all that it named; until then it is kept from
 * others, and after a crash it comes again. Used by one thread.
 */
final class QueuedArrivals implements Arrivals {

    /** Deliveries after which a message whose objects cannot be had is set aside. */
    static final int MOST_DELIVERIES = 5;

    /** What a message whose objects could not be had waits for its next delivery, in seconds, times its deliveries. */
    static final int AGAIN_SECONDS = 120;

    /** Age of a message at its first delivery, in milliseconds, from which on the queue is behind. */
    static final long BEHIND_MILLIS = 120_000;

    /** Time between two tries of what a source that is down left, in milliseconds. */
    static final long PAUSE_MILLIS = 2_000;

    private final SqsQueue queue;
    private final WasRead wasRead;
    private final Told told;
    private final Unwanted unwanted;
    private final InstantSource clock;
    private final List<Pending> waiting = new ArrayList<>();
    private final List<Pending> given = new ArrayList<>();
    private long nextTry;
    private boolean behind;

    /**
     * Who is told of messages.
     *
     * @param aside of those that lead to nothing
     * @param counts of all
     * @param alarms of those that are set aside
     * @param guarded of the buckets and topics that they name
     */
    record Told(SetAside aside, SourceCounts counts, Alarms alarms, GuardedSources guarded) {}

    /** Knows the objects of buckets that were read and not wanted. */
    @FunctionalInterface
    interface Unwanted {
        /** Their URIs. */
        List<String> uris() throws StoreException;
    }

    /** What one message names, or the store does of what was not wanted, and which objects of it are being read. */
    private static final class Pending {
        private final @Nullable QueueMessage message;
        private final List<String> uris;
        private final @Nullable SourceObject itself;
        private final Set<ObjectIdentity> reading = new LinkedHashSet<>();

        Pending(@Nullable QueueMessage message, List<String> uris, @Nullable SourceObject itself) {
            this.message = message;
            this.uris = uris;
            this.itself = itself;
        }
    }

    /** Looks at {@code queue} from now on; what was fetched of it before comes again. */
    QueuedArrivals(SqsQueue queue, WasRead wasRead, Told told, Unwanted unwanted, InstantSource clock) {
        this.queue = queue;
        this.wasRead = wasRead;
        this.told = told;
        this.unwanted = unwanted;
        this.clock = clock;
        queue.begin();
    }

    @Override
    public String name() {
        return queue.name();
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    @Override
    public void again() throws StoreException {
        List<String> uris = unwanted.uris();
        if (!uris.isEmpty()) {
            waiting.add(new Pending(null, uris, null));
        }
    }

    @Override
    public List<SourceObject> look(long now) throws IOException, InterruptedException {
        if (now < nextTry) {
            return List.of();
        }
        take(now);
        try {
            return unread();
        } catch (SourceDown e) {
            nextTry = now + PAUSE_MILLIS;
            throw e;
        }
    }

    /** Takes the messages that have come; those that name nothing are settled at once. */
    private void take(long now) throws IOException {
        List<QueueMessage> finished = new ArrayList<>();
        List<QueueMessage> messages = queue.take();
        behind = messages.stream().anyMatch(message -> message.times() == 1 && now - message.sentAt() > BEHIND_MILLIS);
        for (QueueMessage message : messages) {
            if (message.times() > 1) {
                told.counts().message("redelivered");
            }
            Notice notice = Notice.of(message.body());
            if (notice.isUnreadable()) {
                setAside(message, notice.message());
            }
            List<String> uris = notice.names().stream().map(NamedObjects::uri).toList();
            uris.forEach(uri -> told.guarded().addObject(uri, name()));
            told.guarded().addMessage(message.body(), name());
            if (!uris.isEmpty() || notice.holdsRecords()) {
                waiting.add(new Pending(message, uris, notice.holdsRecords() ? object(message) : null));
            } else {
                if (!notice.isUnreadable()) {
                    told.aside().ignored(queue.url(), message, notice.message());
                    told.counts().message("ignored");
                }
                finished.add(message);
            }
        }
        queue.done(finished);
    }

    private void setAside(QueueMessage message, @Nullable String reason) throws IOException {
        told.aside().unusable(queue.url(), message, reason);
        told.counts().message("set aside");
        String text = "a message is set aside: " + reason;
        told.alarms()
                .raise(
                        name(),
                        Alarms.Kind.SET_ASIDE,
                        message.id(),
                        text,
                        clock.instant().getEpochSecond());
    }

    /** A message that holds records itself. */
    private SourceObject object(QueueMessage message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        return new SourceObject(
                queue.url() + "/" + message.id(),
                body.length,
                message.sentAt() / 1000,
                message.id(),
                () -> new ByteArrayInputStream(body));
    }

    /** What is waited for and was not read; then it is not waited for but given. */
    private List<SourceObject> unread() throws IOException, InterruptedException {
        List<String> uris = waiting.stream()
                .flatMap(pending -> pending.uris.stream())
                .distinct()
                .toList();
        Map<String, List<SourceObject>> found = new HashMap<>();
        for (SourceObject object : queue.objects().lookUp(uris)) {
            found.put(object.name(), LiveSource.members(List.of(object)));
        }
        Map<ObjectIdentity, SourceObject> unread = new LinkedHashMap<>();
        for (Pending pending : waiting) {
            pending.reading.clear();
            List<SourceObject> named = new ArrayList<>(pending.uris.stream()
                    .flatMap(uri -> found.getOrDefault(uri, List.of()).stream())
                    .toList());
            if (pending.itself != null) {
                named.add(pending.itself);
            }
            for (SourceObject object : named) {
                if (!wasRead.test(object)) {
                    pending.reading.add(ObjectIdentity.of(object));
                    unread.putIfAbsent(ObjectIdentity.of(object), object);
                }
            }
        }
        given.addAll(waiting);
        waiting.clear();
        return List.copyOf(unread.values());
    }

    @Override
    public void settled(Map<ObjectIdentity, Outcome> outcomes, long now) throws IOException {
        List<QueueMessage> finished = new ArrayList<>();
        for (Pending pending : given) {
            QueueMessage message = pending.message;
            if (!outcomes.keySet().containsAll(pending.reading)) {
                waiting.add(pending);
                nextTry = now + PAUSE_MILLIS;
            } else if (message != null) {
                Set<String> missing = pending.reading.stream()
                        .filter(object -> outcomes.get(object) == Outcome.UNREACHABLE)
                        .map(ObjectIdentity::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                if (missing.isEmpty()) {
                    told.counts().message("done");
                    finished.add(message);
                } else if (message.times() >= MOST_DELIVERIES) {
                    setAside(message, "names what cannot be had: " + String.join(", ", missing));
                    finished.add(message);
                } else {
                    queue.giveBack(message, AGAIN_SECONDS * message.times());
                }
            }
        }
        given.clear();
        queue.done(finished);
    }
}
